-- Markets on which no route lists anything, such as disabled ones: no new product is planned for them.
create table unlisted_market (
  market text collate "C" primary key,
  since  timestamptz not null default now()
);
