-- A listing is written three times on its way to a market. With room beside it on its page, a write that changes nothing
-- indexed, such as the mark before a creation, leaves all indexes as they are.
alter table listing set (fillfactor = 60);
