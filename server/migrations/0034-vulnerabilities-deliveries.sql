-- When hosts were first found to be affected, as opposed to `found_at`: that is also set where nobody can tell.
alter table vulnerabilities.vulnerability add column announced_at timestamptz;
update vulnerabilities.vulnerability set announced_at = found_at where found_at is not null;

-- Vulnerabilities that nobody was told of yet; written with the finding, so that none is lost and none is told twice.
create table vulnerabilities.news (
  vulnerability_id int primary key
);

-- What is to be told to whom, and how that went. One event is told to one receiver once.
create table vulnerabilities.delivery (
  id bigint generated always as identity primary key,
  event text collate "C" not null,
  receiver text collate "C" not null,
  body text not null,
  state text collate "C" not null default 'waiting' check (state in ('waiting', 'delivered', 'given_up')),
  attempts int not null default 0,
  last_status int,
  last_failure text,
  created_at timestamptz not null,
  due_at timestamptz not null,
  ended_at timestamptz,
  unique (event, receiver)
);
create index delivery_due on vulnerabilities.delivery (due_at) where state = 'waiting';
