create schema activity;

-- Append-only; each row's hash covers the hash of the row before it.
create table activity.activity (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor_id int,
  actor_name text collate "C" not null,
  actor_email text collate "C" not null,
  type text collate "C" not null,
  details jsonb not null,
  previous_hash bytea not null,
  hash bytea not null
);
