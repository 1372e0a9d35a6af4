create table kernel.setting (
  name text collate "C" primary key,
  value jsonb not null
);

-- Whoever holds an unexpired lease does a piece of work alone among all processes.
create table kernel.lease (
  name text collate "C" primary key,
  holder uuid not null,
  until timestamptz not null
);

-- Input that was refused and belongs to no known host, counted by what was wrong with it.
create table kernel.problem (
  kind text collate "C" not null,
  detail text collate "C" not null,
  count bigint not null,
  at timestamptz not null,
  primary key (kind, detail)
);
