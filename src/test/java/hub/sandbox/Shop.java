package hub.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The simplest partner: every POST is an order, its body the reference. */
final class Shop implements Simulator {

    final List<Request> requests = new CopyOnWriteArrayList<>();

    @Override
    public String partner() {
        return "shop";
    }

    @Override
    public String operation(Request request) {
        return request.method().equals("POST") ? "create" : "read";
    }

    @Override
    public Answer answer(Request request) {
        requests.add(request);
        String body = new String(request.body(), StandardCharsets.UTF_8);
        if (body.equals("explode")) {
            throw new IllegalStateException("boom");
        }
        Answer answer = Answer.text(200, "0123456789".repeat(400));
        return request.method().equals("POST") ? answer.did("order-created", body) : answer;
    }

    @Override
    public Set<String> contentFaults() {
        return Set.of("price-zero");
    }

    @Override
    public void tick() {
        throw new IllegalStateException("the ticks of others go on");
    }
}
