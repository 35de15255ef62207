-- Which database this is, see hub.restore. A server of somebody else's may not say who it is or where its log stands; the
-- number of a table still tells then that a dump was loaded.
create function which_database() returns text language plpgsql as $$
begin
  return (select system_identifier from pg_control_system())
    || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) || '/' || 'epoch'::regclass::oid;
exception when insufficient_privilege or feature_not_supported or undefined_function then
  return 'unnamed/' || 'epoch'::regclass::oid;
end $$;
