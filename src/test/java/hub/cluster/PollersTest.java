package hub.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hub.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Processes that want to read the same partners, over a real Postgres. */
class PollersTest {

    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Timing QUICK = new Timing(SOON, Duration.ofSeconds(5), Duration.ofSeconds(8), LONG);

    private final DataSource database = TestDatabase.fresh();
    private final List<Pollers> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(Pollers::destroy);
    }

    @Test
    void one_process_reads_a_partner_and_the_next_one_when_it_ends() {
        Pollers first = start(QUICK);
        Pollers second = start(QUICK);

        assertThat(first.isOurs("acme")).as("at the first question").isTrue();
        assertThat(second.isOurs("acme")).isFalse();
        assertThat(second.standsBy("acme")).isTrue();
        assertThat(second.isOurs("other")).as("each partner by itself").isTrue();
        assertThat(first.isOurs("other")).isFalse();

        first.destroy();

        await().atMost(Duration.ofSeconds(10)).until(() -> second.isOurs("acme"));
        assertThat(first.isOurs("acme")).isFalse();
    }

    @Test
    void of_many_that_ask_at_once_one_reads() {
        List<Pollers> all = IntStream.range(0, 8).mapToObj(i -> start(QUICK)).toList();

        List<Boolean> answers =
                all.parallelStream().map(pollers -> pollers.isOurs("acme")).toList();

        assertThat(answers).containsOnlyOnce(true);
    }

    /** Stopped or swapped out: it looks no more, and its connection is as alive as before. */
    @Test
    void process_that_hangs_knows_that_it_leads_no_more_before_another_does() {
        Pollers hanging = start(new Timing(LONG, Duration.ofSeconds(1), Duration.ofSeconds(3), LONG));
        Pollers second = start(QUICK);
        assertThat(hanging.isOurs("acme")).isTrue();
        assertThat(hanging.isLost("acme")).isFalse();
        assertThat(second.isOurs("acme")).isFalse();

        await().atMost(Duration.ofSeconds(2)).until(() -> hanging.isLost("acme"));
        assertThat(second.isOurs("acme")).as("not before the other knows").isFalse();
        await().atMost(Duration.ofSeconds(10)).until(() -> second.isOurs("acme"));
        assertThat(hanging.isOurs("acme")).isFalse();

        hanging.look();
        hanging.look();
        assertThat(hanging.isOurs("acme")).as("awake, and another leads").isFalse();
    }

    @Test
    void session_that_the_server_ends_is_opened_again() {
        Pollers pollers = start(QUICK);
        assertThat(pollers.isOurs("acme")).isTrue();

        JdbcClient.create(database)
                .sql("select pg_terminate_backend(pid)::text from pg_locks where locktype = 'advisory'"
                        + " and database = (select oid from pg_database where datname = current_database())")
                .query(String.class)
                .list();

        await().atMost(Duration.ofSeconds(5)).until(() -> pollers.isLost("acme"));
        await().atMost(Duration.ofSeconds(5)).until(() -> pollers.isOurs("acme"));
    }

    @Test
    void partner_that_no_route_asks_for_is_left_to_another() {
        Pollers first = start(new Timing(SOON, Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(1)));
        Pollers second = start(QUICK);
        assertThat(first.isOurs("acme")).isTrue();

        await().atMost(Duration.ofSeconds(10)).until(() -> second.isOurs("acme"));
        assertThat(first.isOurs("acme")).isFalse();
    }

    @Test
    void partner_that_was_never_asked_for_is_not_lost() {
        assertThat(start(QUICK).isLost("acme")).isFalse();
    }

    private Pollers start(Timing timing) {
        Pollers pollers = new Pollers(database, timing);
        started.add(pollers);
        return pollers;
    }
}
