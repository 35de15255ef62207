package hub.console;

import hub.image.ImageDay;
import hub.image.LeftOut;
import hub.image.Pictures;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/images}: pictures and bytes of the last 31 days, and the newest 500 pictures that were left out. */
@RestController
class ImagesApi {

    static final String PATH = "/api/images";

    private static final int DAYS = 31;
    private static final int LEFT_OUT = 500;

    private final Pictures pictures;

    ImagesApi(Pictures pictures) {
        this.pictures = pictures;
    }

    @GetMapping(PATH)
    Images images() {
        return new Images(pictures.days(DAYS), pictures.leftOut(LEFT_OUT));
    }

    /** Both newest first. */
    record Images(List<ImageDay> days, List<LeftOut> leftOut) {}
}
