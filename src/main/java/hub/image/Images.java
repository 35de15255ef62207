package hub.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import hub.catalog.Hash;
import hub.catalog.Reject;
import hub.catalog.Rejects;
import hub.partner.FileFitting;
import hub.partner.FileRefusedException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Pictures as markets take them.
 *
 * <p>Known by what they hold, not by where they lie: the same picture is made once for all products and all markets of
 * one rule. How many are made at once is bounded by the processors and by their pixels. Thread-safe.
 */
@Component
class Images implements FileFitting {

    private final ImageOptions options;
    private final Rejects rejects;
    private final MeterRegistry meters;
    private final Workbench workbench = new Workbench();
    private final Cache<String, Picture> made;

    Images(ImageOptions options, Rejects rejects, MeterRegistry meters) {
        this.options = options;
        this.rejects = rejects;
        this.meters = meters;
        this.made = Caffeine.newBuilder()
                .maximumWeight(options.kept().toBytes())
                .weigher((String key, Picture picture) -> picture.bytes().length)
                .expireAfterWrite(options.keep())
                .build();
    }

    @Override
    public Fitted fit(String market, byte[] file) throws IOException {
        ImageOptions.Market wanted = options.markets().get(market);
        if (wanted == null) {
            return asItIs(file);
        }
        try {
            Picture picture = picture(file, wanted);
            count(market, picture.bytes() == file ? "kept" : "converted", file.length, picture);
            return new Fitted(
                    picture.bytes(),
                    picture.format().mediaType(),
                    picture.format().extension());
        } catch (ImageRefusedException e) {
            throw new FileRefusedException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void leftOut(String market, JsonNode file, String why) {
        meters.counter("hub.images", "market", market, "result", "refused").increment();
        if (file.hasNonNull("supplier") && file.hasNonNull("sku")) {
            rejects.add(List.of(new Reject(
                    file.path("supplier").asText(),
                    file.path("sku").asText(),
                    "images",
                    market + " gets the product without it: " + why,
                    file.path("url").asText(),
                    "give the product another picture; it is looked at again when the product is listed anew")));
        }
    }

    private Picture picture(byte[] file, ImageOptions.Market wanted) throws IOException {
        ImageRule rule = wanted.rule();
        PictureHeader header = PictureHeader.of(file);
        if (rule.takes(header, file.length) && header.shorter() >= rule.minSide()) {
            return new Picture(file, header.format());
        }
        String key = HexFormat.of().formatHex(Hash.of(file)) + rule + wanted.quality();
        Picture before = made.getIfPresent(key);
        if (before != null) {
            return before;
        }
        return workbench.use(header, () -> made.get(key, k -> PictureConversion.fit(file, rule, wanted.quality())));
    }

    private static Fitted asItIs(byte[] file) {
        return PictureFormat.of(file)
                .map(format -> new Fitted(file, format.mediaType(), format.extension()))
                .orElseGet(() -> new Fitted(file, "application/octet-stream", "bin"));
    }

    private void count(String market, String result, int before, Picture picture) {
        meters.counter("hub.images", "market", market, "result", result).increment();
        meters.counter("hub.images.bytes", "market", market, "of", "fetched").increment(before);
        meters.counter("hub.images.bytes", "market", market, "of", "sent").increment(picture.bytes().length);
        meters.counter("hub.images.bytes", "market", market, "of", "saved")
                .increment(Math.max(0, before - picture.bytes().length));
    }
}
