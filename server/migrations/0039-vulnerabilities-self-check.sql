-- What was never judged goes first: somebody waits for it. The others may be all software there is.
create index software_to_judge_in_order on vulnerabilities.software_to_judge ((why <> 'new'), since, software_id);

-- How the comparison of the stored findings with judging everything once more went.
create table vulnerabilities.self_check (
  id boolean primary key default true check (id),
  checked_at timestamptz not null,
  -- Of the round that is under way, or of the last one.
  software int not null,
  drifted int not null,
  -- The last that was compared; 0 when the round is done.
  after_software_id int not null
);
