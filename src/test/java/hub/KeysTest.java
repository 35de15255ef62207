package hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The keys of all tables, as the migrations leave them. */
class KeysTest {

    @Test
    void every_indexed_text_is_compared_as_bytes() {
        assertThat(JdbcClient.create(TestDatabase.fresh())
                        .sql("""
                                select distinct t.relname || '.' || a.attname
                                from pg_index i join pg_class t on t.oid = i.indrelid
                                join pg_attribute a on a.attrelid = t.oid and a.attnum = any (i.indkey)
                                where t.relnamespace = 'public'::regnamespace and t.relname <> 'flyway_schema_history'
                                  and a.atttypid = 'text'::regtype and a.attcollation <> 'pg_catalog."C"'::regcollation
                                """)
                        .query(String.class)
                        .list())
                .as("text columns of indexes without collate \"C\"")
                .isEmpty();
    }
}
