-- Server processes on this database, each with a beat of a few seconds.
create table kernel.process (
  id uuid primary key,
  started_at timestamptz not null default now(),
  beat_at timestamptz not null default now()
);

-- What one process wants the others to look at. Rows live for a minute: they are hints, and a poll finds the same.
create table kernel.change (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  process_id uuid not null,
  signal text collate "C" not null,
  -- Null: all hosts.
  host_ids int[],
  at timestamptz not null default now()
);
create index change_by_xid on kernel.change (xid);
