-- Tries of what is limited, by account or by peer address, counted in windows of time for all processes together.
create table kernel.try (
  key text collate "C" primary key,
  since timestamptz not null,
  count int not null
);

-- The part of a setting that holds credentials of other systems.
alter table kernel.setting add column sealed bytea;

update kernel.setting set name = 'server', value = jsonb_build_object('org_info', value) where name = 'organisation';
