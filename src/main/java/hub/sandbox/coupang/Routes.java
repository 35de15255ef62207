package hub.sandbox.coupang;

import hub.sandbox.Answer;
import hub.sandbox.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which call is which operation. The first route that fits is taken. */
final class Routes {

    /** Answers one operation. */
    interface Handler {
        /**
         * What Coupang says to the call.
         *
         * @throws RefusedException if Coupang would refuse it
         */
        Answer answer(Call call);
    }

    /** A request together with what answers it. */
    record Match(String operation, Handler handler, Call call) {
        Answer answer() {
            return handler.answer(call);
        }
    }

    private record Route(String method, Pattern path, String operation, Handler handler) {}

    private static final String PRODUCTS = "/v2/providers/seller_api/apis/api/v1/marketplace";
    private static final String OPEN_API = "/v2/providers/openapi/apis/api/";

    private final String vendorId;
    private final List<Route> routes = new ArrayList<>();

    Routes(String vendorId) {
        this.vendorId = vendorId;
    }

    /** @param template a path in which {@code {}} is one variable part */
    void add(String method, String template, String operation, Handler handler) {
        Pattern path = Pattern.compile(template.replace("{}", "([^/]+)"));
        routes.add(new Route(method, path, operation, handler));
    }

    void product(String method, String template, String operation, Handler handler) {
        add(method, PRODUCTS + template, operation, handler);
    }

    /** A call below {@code /vendors/{vendorId}}; the id in the path, and in the body if it has one, must be ours. */
    void vendor(String method, String version, String template, String operation, Handler handler) {
        add(method, OPEN_API + version + "/vendors/{}" + template, operation, call -> {
            boolean foreign = !call.var(0).equals(vendorId)
                    || (call.request().body().length > 0
                            && !call.body().path("vendorId").asText(vendorId).equals(vendorId));
            if (foreign) {
                throw RefusedException.order("Invalid vendor ID");
            }
            return handler.answer(
                    new Call(call.request(), call.vars().subList(1, call.vars().size())));
        });
    }

    Optional<Match> find(Request request) {
        for (Route route : routes) {
            Matcher path = route.path().matcher(request.path());
            if (route.method().equals(request.method()) && path.matches()) {
                return Optional.of(new Match(route.operation(), route.handler(), new Call(request, variables(path))));
            }
        }
        return Optional.empty();
    }

    private static List<String> variables(Matcher path) {
        List<String> variables = new ArrayList<>();
        for (int group = 1; group <= path.groupCount(); group++) {
            variables.add(Call.decoded(path.group(group)));
        }
        return variables;
    }
}
