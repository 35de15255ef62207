package hub.sandbox.naver;

import hub.sandbox.Answer;
import hub.sandbox.Request;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One call of the API.
 *
 * @param api method and path template: what the gateway counts calls by
 * @param operation what faults and the journal know it by
 */
record Endpoint(String api, String method, Pattern path, String operation, Function<Call, Answer> handler) {

    /** @param template with {@code *} where an id stands */
    static Endpoint of(String method, String template, String operation, Function<Call, Answer> handler) {
        Pattern path = Pattern.compile("(?:/external)?" + template.replace("*", "([^/]+)"));
        return new Endpoint(method + " " + template, method, path, operation, handler);
    }

    /** The ids in the path when this is the call that was made. */
    Optional<List<String>> ids(Request request) {
        Matcher matcher = path.matcher(request.path());
        if (!method.equals(request.method()) || !matcher.matches()) {
            return Optional.empty();
        }
        MatchResult found = matcher.toMatchResult();
        return Optional.of(IntStream.rangeClosed(1, found.groupCount())
                .mapToObj(found::group)
                .toList());
    }
}
