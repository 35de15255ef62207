package hub.sandbox.ownerclan;

/** All that Ownerclan is made of. The simulator's lock guards it. */
record Shop(Catalog catalog, Histories histories, Market market, Orders orders) {}
