package hub.sandbox.naver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import hub.sandbox.SandboxOptions;
import hub.sandbox.SandboxStore;
import java.util.List;

/** Product images: only an address that was issued here may stand in a product. The pictures are not kept. */
final class Images {

    private static final String KIND = "image";
    private static final int MAX_FILES = 10;

    private final SandboxOptions options;
    private final SandboxStore store;

    Images(SandboxOptions options, SandboxStore store) {
        this.options = options;
        this.store = store;
    }

    Answer upload(Call call) {
        String type = call.request().headers().getOrDefault("content-type", "");
        List<Multipart.Part> files = Multipart.parts(type, call.request().body(), "imageFiles");
        if (files.isEmpty() || files.size() > MAX_FILES) {
            throw refused("이미지는 1개 이상 10개 이하로 등록해 주세요.", "1~10개의 파일이 필요합니다.");
        }
        for (Multipart.Part file : files) {
            String fault = StillPicture.fault(file);
            if (fault != null) {
                throw refused("이미지 형식을 확인해 주세요.", fault);
            }
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode images = body.putArray("images");
        files.forEach(file -> images.addObject().put("url", issue(call)));
        return call.plain(body).did("images-uploaded", String.valueOf(files.size()));
    }

    boolean issued(String url) {
        return store.get(KIND, url).isPresent();
    }

    private String issue(Call call) {
        String url = options.imageUrl("naver", store.next("image-number", 1));
        store.put(KIND, url, JsonNodeFactory.instance.objectNode().put("uploaded", Kst.text(call.now())));
        return url;
    }

    private static RefusedException refused(String reason, String detail) {
        return RefusedException.product(reason, List.of(new RefusedException.Invalid("imageFiles", "INVALID", detail)));
    }
}
