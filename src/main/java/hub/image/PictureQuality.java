package hub.image;

/** How much of a picture is kept when it is written anew. */
public enum PictureQuality {
    THUMBNAIL(60),
    MEDIUM(80),
    HIGH(95);

    private final int percent;

    PictureQuality(int percent) {
        this.percent = percent;
    }

    /** Units: per cent, as JPEG and WebP writers take it. */
    public int percent() {
        return percent;
    }

    float share() {
        return percent / 100f;
    }
}
