do $$
declare
  left_over bigint; before bigint := -1; since timestamptz := clock_timestamp();
begin
  loop
    select (select count(*) from product) - (select count(*) from listing where state = 'live') into left_over;
    exit when left_over = 0;
    if left_over <> before then
      before := left_over; since := clock_timestamp();
    elsif clock_timestamp() - since > interval '10 seconds' then
      raise exception '% products are not shown', left_over;
    end if;
    perform pg_sleep(0.05);
  end loop;
end $$;
