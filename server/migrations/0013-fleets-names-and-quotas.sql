alter table fleets.fleet
  add column name_key text collate "C",
  add column description text collate "C" not null default '',
  add column settings jsonb not null default '{}',
  add column updated_at timestamptz not null default now();
update fleets.fleet set name_key = lower(name);
alter table fleets.fleet alter column name_key set not null, drop constraint fleet_name_key;
create unique index fleet_by_name_key on fleets.fleet (name_key);

-- How many hosts may enrol with it; null: any number. A secret that ended enrols nobody, hosts that hold keys stay.
alter table fleets.enrol_secret
  add column quota int,
  add column used int not null default 0;
