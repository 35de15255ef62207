do $$
declare
  wanted bigint := (select count(*) from product); left_over bigint; before bigint := -1; since timestamptz := clock_timestamp();
begin
  loop
    if not exists (select 1 from product_change) and not exists (select 1 from listing where market = 'm1' and state = 'planned')
       or clock_timestamp() - since > interval '1 second' then -- counting is left for when it may be over
      select wanted - count(*) from listing where market = 'm1' and state = 'live' into left_over;
      exit when left_over = 0;
      if left_over <> before then
        before := left_over; since := clock_timestamp();
      elsif clock_timestamp() - since > interval '10 seconds' then
        raise exception '% products are not shown', left_over;
      end if;
    end if;
    commit; -- a transaction that lasts as long as the run would keep every dead row of it
    perform pg_sleep(0.05);
  end loop;
end $$;
