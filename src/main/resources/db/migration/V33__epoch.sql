-- Stretches of time in which this database forgot nothing: a new one begins when it turns out to have been set back to a
-- backup, or to a standby without the last commits. A handful of rows.
create table epoch (
    number   bigint generated always as identity primary key,
    server   text not null,                -- system identifier / timeline that it began with
    began_at timestamptz not null,
    set_back boolean not null              -- false for the first, before which there was nothing to forget
);

-- Since when it is known, from the supplier or the market, whether it was sent before the database was set back.
alter table order_line add looked_up_at timestamptz;
alter table listing add looked_up_at timestamptz;
