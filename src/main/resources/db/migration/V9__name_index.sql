-- The characters of a name are compared as bytes: by the rules of a locale each new product took twice as long. What waits to
-- be sorted in (16 MB, read along by every search) is sorted in by autovacuum, or by the write that fills it.
drop index product_name;
create index product_name on product using gin (string_to_array(lower(name) collate "C", null))
  with (gin_pending_list_limit = 16384);
