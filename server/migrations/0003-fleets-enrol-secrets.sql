create schema fleets;

create table fleets.fleet (
  id int generated always as identity primary key,
  name text collate "C" not null unique,
  created_at timestamptz not null default now()
);

-- The hash finds the secret a host enrols with; the encrypted form shows it to administrators.
create table fleets.enrol_secret (
  id int generated always as identity primary key,
  fleet_id int references fleets.fleet,
  secret_hash bytea not null unique,
  secret_encrypted bytea not null,
  created_at timestamptz not null default now()
);
