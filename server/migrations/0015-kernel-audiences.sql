-- Several fleets that somebody may read, as one more "fleet" of all counters. Ids are -2 and below.
create table kernel.audience (
  id int primary key,
  fleet_ids int[] not null unique
);
create sequence kernel.audience_id_seq as int increment by -1 maxvalue -2 start with -2;

-- Which families of counters have an audience already.
create table kernel.audience_counted (
  family text collate "C" not null,
  audience_id int not null references kernel.audience on delete cascade,
  primary key (family, audience_id)
);
