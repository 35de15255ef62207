do $$
declare
  wanted bigint := (select count(*) from product); left_over bigint; before bigint := -1; since timestamptz := clock_timestamp();
begin
  loop
    select wanted - count(*) from listing where market = 'm1' and state = 'live' into left_over;
    exit when left_over = 0;
    if left_over <> before then
      before := left_over; since := clock_timestamp();
    elsif clock_timestamp() - since > interval '10 seconds' then
      raise exception '% products are not shown', left_over;
    end if;
    commit; -- a transaction that lasts as long as the run would keep every dead row of it
    perform pg_sleep(0.1);
  end loop;
end $$;
