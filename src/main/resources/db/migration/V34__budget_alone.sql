-- Whether a process has lost Redis, so that those which still have it leave it its part of each limit.
alter table budget_process add column alone boolean not null default false;
