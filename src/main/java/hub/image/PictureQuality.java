package hub.image;

import java.util.Optional;

/** How much of a picture is kept when it is written anew. */
public enum PictureQuality {
    THUMBNAIL(60),
    MEDIUM(80),
    HIGH(95);

    private final int percent;

    PictureQuality(int percent) {
        this.percent = percent;
    }

    /** The next lower one; none below the lowest. */
    Optional<PictureQuality> lower() {
        return switch (this) {
            case HIGH -> Optional.of(MEDIUM);
            case MEDIUM -> Optional.of(THUMBNAIL);
            case THUMBNAIL -> Optional.empty();
        };
    }

    /** 0 to 1, as writers of JPEG and WebP take it. */
    float share() {
        return percent / 100f;
    }
}
