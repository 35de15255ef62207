-- Tokens of partners, sealed, and who buys one: what Redis holds too, for the time in which it is away. A partner may end
-- the older token at a new purchase, so that two processes must never buy at once. Some rows a partner; they end.
create table shared_token (
    key   text collate "C" primary key,
    value text not null,
    until timestamptz not null
);
