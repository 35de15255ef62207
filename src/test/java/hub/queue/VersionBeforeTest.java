package hub.queue;

import static org.assertj.core.api.Assertions.assertThat;

import hub.TestDatabase;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs of the version before suppliers took turns, and a process of it beside a new one. */
class VersionBeforeTest {

    /** As it was released; without what makes it return the job. */
    private static final String CLAIM = """
            with picked as materialized (
              select id from job
              where state = 'ready' and partner = 'acme' and kind = 'send' and run_at <= now()
                and urgent_at <= (now() at time zone 'UTC') + interval '60 minutes'
              order by urgent_at, id
              limit 1
              for update skip locked),
            claimed as (
              update job set state = 'running', fence = fence + 1, attempts = attempts + 1,
                             lease_until = clock_timestamp() + 60000 * interval '1 millisecond'
              from picked where job.id = picked.id
              returning job.*)
            select dedupe_key from claimed order by urgent_at, id
            """;

    private final DataSource source = TestDatabase.at("13");
    private final JdbcClient database = JdbcClient.create(source);
    private final Jobs jobs = new Jobs(database, new QueueOptions(Duration.ofSeconds(60), 8, Duration.ofMinutes(2)));

    @Test
    void jobs_that_are_there_and_jobs_it_adds_take_their_suppliers_turn() {
        add("big", 50, 300);
        TestDatabase.migrate(source, "latest");
        add("small", 2, 1);

        assertThat(claimed(2)).containsExactlyInAnyOrder("big1", "small1");
        assertThat(database.sql(CLAIM).query(String.class).list())
                .as("it takes the oldest")
                .containsExactly("big2");
        assertThat(claimed(2)).containsExactlyInAnyOrder("big3", "small2");
    }

    private List<String> claimed(int atMost) {
        return jobs.claim("acme", "send", atMost).stream().map(Job::dedupeKey).toList();
    }

    private void add(String supplier, int number, int minutes) {
        database.sql("""
                        insert into job (kind, partner, dedupe_key, prio, run_at, payload)
                        select 'send', 'acme', :supplier || n, 30, now() - :minutes * interval '1 minute',
                               jsonb_build_object('supplier', :supplier::text)
                        from generate_series(1, :number) n order by n""")
                .param("supplier", supplier)
                .param("minutes", minutes)
                .param("number", number)
                .update();
    }
}
