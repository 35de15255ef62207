package hub.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A share, such as {@code 12.5%}.
 *
 * <p>Unit: basis points, 1/10,000.
 */
public record Rate(int basisPoints) {

    static final int WHOLE = 10_000;

    public Rate {
        if (basisPoints < 0) {
            throw new IllegalArgumentException("a rate of " + basisPoints + " basis points is below 0");
        }
    }

    /**
     * Reads an option's value.
     *
     * @throws IllegalArgumentException if it is not a number of percent with at most two decimals and a % sign
     */
    public static Rate valueOf(String percent) {
        if (!percent.matches("\\d{1,4}(\\.\\d{1,2})?%")) {
            throw new IllegalArgumentException("'" + percent + "' is not a rate; write it as 12% or 12.5%");
        }
        BigDecimal value = new BigDecimal(percent.substring(0, percent.length() - 1));
        return new Rate(value.movePointRight(2).intValueExact());
    }

    /** This share of {@code won}, rounded up. */
    long of(long won) {
        return Math.addExact(Math.multiplyExact(won / WHOLE, basisPoints), ceilDiv(won % WHOLE * basisPoints, WHOLE));
    }

    /** The smallest price of which {@code won} are left when this share of it is taken away. */
    long before(long won) {
        long left = (long) WHOLE - basisPoints;
        return Math.addExact(Math.multiplyExact(won / left, WHOLE), ceilDiv(won % left * WHOLE, left));
    }

    @Override
    public String toString() {
        return BigDecimal.valueOf(basisPoints, 2)
                        .setScale(2, RoundingMode.UNNECESSARY)
                        .stripTrailingZeros()
                        .toPlainString()
                + "%";
    }

    /** For values that are not negative. */
    static long ceilDiv(long value, long divisor) {
        return value / divisor + (value % divisor == 0 ? 0 : 1);
    }
}
