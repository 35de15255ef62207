package hub.listing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is listed where, and how closely it is watched.
 *
 * @param markets by name; what is not named is not listed
 * @param planEvery wait between two looks for products that changed
 * @param checkEvery first wait before a listing is read back; doubles while the market has not decided
 * @param checkAtMost longest wait between two of these
 * @param findAfter how long a creation with an unknown answer settles before it is looked up
 * @param backoff first wait of a call that may be repeated; doubles up to {@code backoffAtMost}, drawn from 0 on
 * @param reassertEvery a live listing is read back again after this
 * @param staleMax how long the last stock is shown when the supplier's is unknown; 0 pieces afterwards
 * @param createAhead how many creations wait in the queue of one market at most; the others stay planned, so that a new
 *     supplier need not wait behind thousands of another
 * @param bannedWords taken out of titles, as markets refuse or demote them
 */
@ConfigurationProperties(prefix = "hub.listing", ignoreUnknownFields = false)
public record ListingOptions(
        @DefaultValue Map<String, Market> markets,
        @DefaultValue("1s") Duration planEvery,
        @DefaultValue("5m") Duration checkEvery,
        @DefaultValue("1h") Duration checkAtMost,
        @DefaultValue("60s") Duration findAfter,
        @DefaultValue("10s") Duration backoff,
        @DefaultValue("15m") Duration backoffAtMost,
        @DefaultValue("6h") Duration reassertEvery,
        @DefaultValue("24h") Duration staleMax,
        @DefaultValue("200") int createAhead,
        @DefaultValue({"무료배송", "할인", "최저가", "한정수량"}) List<String> bannedWords) {

    public ListingOptions {
        if (checkEvery.isNegative() || checkAtMost.compareTo(checkEvery) < 0 || backoffAtMost.compareTo(backoff) < 0) {
            throw new IllegalArgumentException("hub.listing: check-every=" + checkEvery + ", check-at-most="
                    + checkAtMost + ", backoff=" + backoff + ", backoff-at-most=" + backoffAtMost
                    + "; a longest wait may not be below the first");
        }
        if (planEvery.toMillis() < 1) {
            throw new IllegalArgumentException("hub.listing: plan-every=" + planEvery + "; 1ms is the least");
        }
        if (backoff.toMillis() < 1 || findAfter.isNegative() || staleMax.isNegative() || reassertEvery.isNegative()) {
            throw new IllegalArgumentException("hub.listing: backoff=" + backoff + ", find-after=" + findAfter
                    + ", stale-max=" + staleMax + ", reassert-every=" + reassertEvery + "; times may not be negative");
        }
    }

    /**
     * One market, with one account.
     *
     * @param account name of the account, part of every listing's key
     * @param maxNewPerDay new listings in any 24 hours: the gate against a catalogue listed twice overnight
     * @param maxListings listings at most
     * @param safetyStock pieces that are never shown
     * @param stockCap more pieces than this are not shown
     * @param titleLength characters of a title
     * @param predictsCategory whether the market finds the category itself, so that a product needs none
     * @param allowAdult whether goods for adults are listed
     */
    public record Market(
            @DefaultValue("main") String account,
            @DefaultValue("500") int maxNewPerDay,
            @DefaultValue("40000") int maxListings,
            @DefaultValue("2") int safetyStock,
            @DefaultValue("999") int stockCap,
            @DefaultValue("100") int titleLength,
            @DefaultValue("false") boolean predictsCategory,
            @DefaultValue("false") boolean allowAdult) {

        public Market {
            if (maxNewPerDay < 0 || maxListings < 0 || safetyStock < 0 || stockCap < 1 || titleLength < 1) {
                throw new IllegalArgumentException("hub.listing.markets: max-new-per-day=" + maxNewPerDay
                        + ", max-listings=" + maxListings + ", safety-stock=" + safetyStock + ", stock-cap=" + stockCap
                        + ", title-length=" + titleLength + "; stock-cap and title-length start at 1, the others at 0");
            }
        }
    }
}
