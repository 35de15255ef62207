-- Keys are compared as bytes, whatever the collation of the database: by the rules of a language each comparison takes
-- several times as long, and an index by them is spoilt when the system's library of languages is renewed.
-- Every column that an index holds: two that are compared must agree, or the index of one does not serve.
do $$
declare
  keys record;
begin
  for keys in
    select t.oid::regclass as relation,
      string_agg(format('alter %I type text collate "C"', a.attname), ', ' order by a.attnum) as changes
    from pg_class t
    join pg_attribute a on a.attrelid = t.oid and a.atttypid = 'text'::regtype and not a.attisdropped
    where t.relnamespace = current_schema()::regnamespace and t.relkind in ('r', 'p') and not t.relispartition
      and t.relname <> 'flyway_schema_history'
      and a.attcollation = 'pg_catalog."default"'::regcollation
      and exists (select from pg_index i where i.indrelid = t.oid and a.attnum = any (i.indkey))
    group by t.oid
  loop
    execute format('alter table %s %s', keys.relation, keys.changes);
  end loop;
end $$;
