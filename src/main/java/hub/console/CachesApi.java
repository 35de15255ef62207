package hub.console;

import hub.cache.CacheView;
import hub.cache.Caches;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/caches}: what each kind of cached answers saved in this process. {@code POST
 * /api/caches?tag=market-analysis} outdates whatever has the tag, or hangs on it, in every process; a kind is a tag.
 */
@RestController
class CachesApi {

    static final String PATH = "/api/caches";

    private static final Logger LOG = LoggerFactory.getLogger(CachesApi.class);
    private static final String TAG = "[a-z0-9][a-z0-9:._-]{0,99}";

    private final Caches caches;

    CachesApi(Caches caches) {
        this.caches = caches;
    }

    @GetMapping(PATH)
    List<CacheView> views() {
        return caches.views();
    }

    @PostMapping(PATH)
    ResponseEntity<Map<String, String>> outdate(@RequestParam String tag, Principal user) {
        if (!tag.matches(TAG)) {
            return ResponseEntity.badRequest()
                    .body(Map.of(
                            "error", "a tag is small letters, digits and :._- (100 at most), such as product-info"));
        }
        caches.invalidate(tag);
        LOG.info("{} outdated what is kept under {}", user.getName(), tag);
        return ResponseEntity.ok(Map.of("outdated", tag));
    }
}
