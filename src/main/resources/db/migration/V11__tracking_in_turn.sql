-- Tracking is asked for in turn: a purchase order that was never asked for waits from the time it was made. With those
-- always first, a supplier that takes fewer questions than there are new orders never came back to an old one.
create index purchase_order_in_turn on purchase_order (supplier, coalesce(asked_at, created_at), client_ref)
  where state = 'PO_CONFIRMED' and not tracked;
drop index purchase_order_awaiting;
