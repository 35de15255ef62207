package hub.database;

import hub.database.DatabaseReport.DefaultPartition;
import hub.database.DatabaseReport.Table;
import hub.database.Finding.Kind;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Tables, indexes and partitions as the server counts them. Source: PostgreSQL 18, chapter 27 (statistics views). */
@Component
class Relations {

    private static final int COUNTED_TO = 10_000;

    private static final String INVALID = """
            select i.indexrelid::regclass::text, i.indrelid::regclass::text
            from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
            where not i.indisvalid and n.nspname <> 'pg_catalog' and n.nspname not like 'pg\\_toast%'
              and not exists (select from pg_stat_progress_create_index p where p.index_relid = i.indexrelid)
            order by 1 limit 50
            """;

    // Of a partitioned table all partitions together; a mega byte is worth a word.
    private static final String UNUSED = """
            select coalesce(pg_partition_root(s.indexrelid), s.indexrelid)::regclass::text,
              coalesce(pg_partition_root(s.relid), s.relid)::regclass::text, sum(pg_relation_size(s.indexrelid)) / 1048576
            from pg_stat_user_indexes s join pg_index i on i.indexrelid = s.indexrelid
            where i.indisvalid and not i.indisunique and not i.indisexclusion
            group by 1, 2 having sum(s.idx_scan) = 0 and sum(pg_relation_size(s.indexrelid)) >= 1048576
            order by 3 desc limit 50
            """;

    // Where the counts were never set back, they began with the hub's own tables.
    private static final String COUNTED_SINCE = """
            select coalesce(
              (select d.stats_reset from pg_stat_database d where d.datname = current_database()),
              (select min(h.installed_on)::timestamptz from flyway_schema_history h))
            """;

    private static final String TABLES = """
            select s.relid::regclass::text, s.n_live_tup, s.n_dead_tup, pg_total_relation_size(s.relid),
              greatest(s.last_vacuum, s.last_autovacuum)
            from pg_stat_user_tables s order by s.n_dead_tup desc, 4 desc limit ?
            """;

    private static final String DEFAULTS = """
            select c.oid::regclass::text, i.inhparent::regclass::text
            from pg_class c join pg_inherits i on i.inhrelid = c.oid
            where pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT' order by 1 limit 100
            """;

    private final Look look;
    private final DatabaseOptions options;

    Relations(Look look, DatabaseOptions options) {
        this.look = look;
        this.options = options;
    }

    List<Finding> invalidIndexes() {
        return look.at(asked -> asked.query(
                INVALID, (row, number) -> Finding.of(Kind.INVALID_INDEX, row.getString(1), row.getString(2))));
    }

    /** Those that were not read once since the server began to count, if that is long ago. */
    List<Finding> unusedIndexes(Instant now) {
        return look.at(asked -> {
            Optional<Instant> since = since(asked);
            if (since.isEmpty() || since.get().plus(options.unusedAfter()).isAfter(now)) {
                return List.of();
            }
            String from = since.get().toString();
            return asked.query(
                    UNUSED,
                    (row, number) ->
                            Finding.of(Kind.UNUSED_INDEX, row.getString(1), row.getString(2), row.getLong(3), from));
        });
    }

    private static Optional<Instant> since(JdbcTemplate asked) {
        return Optional.ofNullable(asked.queryForObject(COUNTED_SINCE, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    List<Table> tables(int atMost) {
        return look.at(asked -> asked.query(
                TABLES,
                (row, number) -> {
                    OffsetDateTime vacuumed = row.getObject(5, OffsetDateTime.class);
                    return new Table(
                            row.getString(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            vacuumed == null ? null : vacuumed.toInstant());
                },
                atMost));
    }

    /** The default partitions; a row in one fell outside every month that was made. */
    List<DefaultPartition> defaults() {
        return look.at(asked ->
                asked.query(DEFAULTS, (row, number) -> new String[] {row.getString(1), row.getString(2)}).stream()
                        .map(names -> new DefaultPartition(names[0], names[1], rows(asked, names[0])))
                        .toList());
    }

    /** @param partition as Postgres spells it, quoted where it must be */
    private static long rows(JdbcTemplate asked, String partition) {
        Long rows = asked.queryForObject(
                "select count(*) from (select from " + partition + " limit " + COUNTED_TO + ") r", Long.class);
        return rows == null ? 0 : rows;
    }
}
