create schema accounts;

create table accounts.account (
  id int generated always as identity primary key,
  email text collate "C" not null,
  email_key text collate "C" not null unique,
  name text collate "C" not null,
  password_hash text collate "C" not null,
  global_role text collate "C" not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table accounts.session (
  token_hash bytea primary key,
  account_id int not null references accounts.account on delete cascade,
  created_at timestamptz not null default now(),
  used_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index session_account on accounts.session (account_id);
