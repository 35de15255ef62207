-- Whether an urgent job waits is asked every second while the machine is busy, however many others there are.
create index job_urgent on job (run_at) where state = 'ready' and prio = 0;
