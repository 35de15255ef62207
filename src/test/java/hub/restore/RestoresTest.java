package hub.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hub.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class RestoresTest {

    private static final DataSource SOURCE = TestDatabase.fresh();
    private static final JdbcClient DATABASE = JdbcClient.create(SOURCE);

    private static Restores restores(@Nullable Instant at) {
        return new Restores(DATABASE, new RestoreOptions(at, Duration.ofDays(14)));
    }

    @BeforeEach
    void empty() {
        DATABASE.sql("truncate epoch").update();
    }

    @Test
    void new_database_was_never_set_back_however_often_it_is_asked() {
        assertThat(restores(null).last()).isEmpty();
        assertThat(restores(null).last()).isEmpty();
        assertThat(epochs()).isEqualTo(1);
    }

    @Test
    void another_server_or_timeline_shows() {
        restores(null).last();
        DATABASE.sql("update epoch set server = '7000000000000000000/00000001', began_at = began_at - interval '1 day'")
                .update();

        assertThat(restores(null).last().orElseThrow()).isAfter(Instant.now().minusSeconds(60));
        assertThat(restores(null).last()).isEqualTo(restores(null).last());
        assertThat(epochs()).isEqualTo(2);
    }

    @Test
    void dump_that_was_loaded_into_the_same_server_shows() {
        restores(null).last();
        DATABASE.sql("create table loaded (like epoch including all)").update();
        DATABASE.sql("insert into loaded (server, began_at, set_back) select server, began_at, set_back from epoch")
                .update();
        DATABASE.sql("drop table epoch").update();
        DATABASE.sql("alter table loaded rename to epoch").update();

        assertThat(restores(null).last().orElseThrow()).isAfter(Instant.now().minusSeconds(60));
        assertThat(restores(null).last()).isEqualTo(restores(null).last());
        assertThat(epochs()).isEqualTo(2);
    }

    @Test
    void server_that_does_not_say_who_it_is_does_not_stop_orders() {
        DATABASE.sql("revoke execute on function pg_control_system() from public")
                .update();
        DATABASE.sql("create role tenant").update();

        assertThat(DATABASE.sql("select which_database() from set_config('role', 'tenant', true)")
                        .query(String.class)
                        .single())
                .matches("unnamed/\\d+");
    }

    @Test
    void epoch_that_was_named_by_its_server_and_timeline_goes_on() {
        restores(null).last();
        DATABASE.sql("update epoch set server = substring(server from '^[^/]+/[^/]+')")
                .update();

        assertThat(restores(null).last()).isEmpty();
        assertThat(DATABASE.sql("select server from epoch").query(String.class).single())
                .matches("\\d+/\\w{8}/\\d+");
        assertThat(epochs()).isEqualTo(1);
    }

    @Test
    void a_person_says_so_once_and_it_stays_known() {
        restores(null).last();
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        assertThat(restores(at).last()).contains(at);
        assertThat(restores(at).last()).contains(at);
        assertThat(restores(null).last()).contains(at);
        assertThat(epochs()).isEqualTo(2);
    }

    @Test
    void listings_are_looked_up_for_two_weeks() {
        Instant longAgo = Instant.now().minus(15, ChronoUnit.DAYS);
        restores(null).last();
        DATABASE.sql("update epoch set began_at = began_at - interval '40 days'")
                .update();

        assertThat(restores(longAgo).last()).isPresent();
        assertThat(restores(longAgo).lastForListings()).isEmpty();
    }

    @Test
    void a_time_that_has_not_come_is_refused_with_what_to_give() {
        assertThatThrownBy(() -> new RestoreOptions(Instant.now().plusSeconds(60), Duration.ofDays(14)))
                .hasMessageContaining("hub.restore.at")
                .hasMessageContaining("has not come yet");
    }

    private static long epochs() {
        return DATABASE.sql("select count(*) from epoch").query(Long.class).single();
    }
}
