package hub.console;

import hub.cache.CacheView;
import hub.cache.Caches;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/caches}: what each kind of cached answers saved in this process. */
@RestController
class CachesApi {

    static final String PATH = "/api/caches";

    private final Caches caches;

    CachesApi(Caches caches) {
        this.caches = caches;
    }

    @GetMapping(PATH)
    List<CacheView> views() {
        return caches.views();
    }
}
