package hub.order;

/** The statements of {@link Work}. Rows go in and out as JSON objects, many to a statement. */
final class LedgerSql {

    static final String LOCK_LINES = """
            select to_jsonb(l) from order_line l
            where (market, order_id, line_id) in (
              select k.market, k.order_id, k.line_id
              from jsonb_to_recordset(:keys::jsonb) as k(market text, order_id text, line_id text))
            order by market, order_id, line_id for update of l
            """;

    static final String LOCK_ORDERS = """
            select to_jsonb(l) from order_line l
            where market = :market and order_id in (select jsonb_array_elements_text(:ids::jsonb))
            order by market, order_id, line_id for update of l
            """;

    static final String LOCK_PURCHASES = """
            select to_jsonb(l) from order_line l
            where (market, order_id, line_id) in (
              select p.market, p.order_id, p.line_id from purchase_order p
              where p.client_ref in (select jsonb_array_elements_text(:refs::jsonb)))
            order by market, order_id, line_id for update of l
            """;

    static final String PURCHASES = """
            select to_jsonb(p) from purchase_order p
            where client_ref in (select jsonb_array_elements_text(:refs::jsonb))
            """;

    static final String WRITE_LINES = """
            insert into order_line as l (market, order_id, line_id, account, ordered_at, ack_id, market_option_id, seller_code,
              name, option, quantity, ordered_quantity, unit_price_won, supplier, sku, option_key, state, acknowledged, intent_no, client_ref,
              reason, held_by, looked_up_at, owner, deadline)
            select market, order_id, line_id, account, ordered_at, ack_id, market_option_id, seller_code,
              name, option, quantity, ordered_quantity, unit_price_won, supplier, sku, option_key, state, acknowledged, intent_no, client_ref,
              reason, held_by, looked_up_at,
              case when state = 'REVIEW' then coalesce(owner, :owner) end,
              case when state = 'REVIEW' then coalesce(deadline, now() + :within * interval '1 millisecond') end
            from jsonb_populate_recordset(null::order_line, :rows::jsonb)
            on conflict (market, order_id, line_id) do update set
              quantity = excluded.quantity, unit_price_won = excluded.unit_price_won, ack_id = excluded.ack_id,
              supplier = excluded.supplier, sku = excluded.sku, option_key = excluded.option_key, state = excluded.state,
              acknowledged = excluded.acknowledged, intent_no = excluded.intent_no, client_ref = excluded.client_ref,
              reason = excluded.reason, held_by = excluded.held_by,
              looked_up_at = excluded.looked_up_at, owner = excluded.owner, deadline = excluded.deadline,
              version = l.version + 1, changed_at = now()
            """;

    static final String WRITE_PURCHASES = """
            insert into purchase_order as p (client_ref, supplier, state, market, order_id, line_id, intent_no, quantity,
              max_unit_cost_won, supplier_order_id, cost_won, not_before, deadline, job_id, fence, attempts, unclear, lookups,
              tracked, asked_at, reason)
            select client_ref, supplier, state, market, order_id, line_id, intent_no, quantity,
              max_unit_cost_won, supplier_order_id, cost_won, not_before, deadline, job_id, fence, attempts, unclear, lookups,
              tracked, asked_at, reason
            from jsonb_populate_recordset(null::purchase_order, :rows::jsonb)
            on conflict (client_ref) do update set
              state = excluded.state, quantity = excluded.quantity, max_unit_cost_won = excluded.max_unit_cost_won,
              supplier_order_id = excluded.supplier_order_id, cost_won = excluded.cost_won, not_before = excluded.not_before,
              deadline = excluded.deadline, job_id = excluded.job_id, fence = excluded.fence, attempts = excluded.attempts,
              unclear = excluded.unclear, lookups = excluded.lookups, tracked = excluded.tracked, reason = excluded.reason,
              changed_at = now()
            """;

    private LedgerSql() {}
}
