package hub.partner;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What one partner's calls ask and tell others. What the partner answered stands, even when nobody can be told because
 * Postgres or Redis is away: {@code hub.partner.news.lost} counts that. Thread-safe.
 */
final class News {

    private final AnswerWatch watch;
    private final Counter lost;

    News(String partner, AnswerWatch watch, MeterRegistry meters) {
        this.watch = watch;
        this.lost = meters.counter("hub.partner.news.lost", "partner", partner);
    }

    <T> T ask(Function<AnswerWatch, T> question, T otherwise) {
        try {
            return question.apply(watch);
        } catch (RuntimeException e) {
            lost.increment();
            return otherwise;
        }
    }

    void tell(Consumer<AnswerWatch> news) {
        try {
            news.accept(watch);
        } catch (RuntimeException e) {
            lost.increment();
        }
    }
}
