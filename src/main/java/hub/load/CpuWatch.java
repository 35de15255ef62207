package hub.load;

/**
 * The share of the processors in use over the last looks, and whether that is much. Used under the lock of
 * {@link Load}.
 */
final class CpuWatch {

    private final double[] looks;
    private final double much;
    private final double resume;
    private long count;
    private double sum;
    private boolean isBusy;

    /** @param looks how many make up the average */
    CpuWatch(int looks, double much, double resume) {
        this.looks = new double[looks];
        this.much = much;
        this.resume = resume;
    }

    /** Looks again; answers whether the processors are busy, which takes as many looks as make up an average. */
    boolean look(double cpu) {
        int place = (int) (count++ % looks.length);
        sum += cpu - looks[place];
        looks[place] = cpu;
        isBusy = count >= looks.length && share() >= (isBusy ? resume : much);
        return isBusy;
    }

    /** The average, 0 to 1. */
    double share() {
        return sum / Math.max(1, Math.min(count, looks.length));
    }
}
