-- The fleet of what was done, for those who read some fleets only; 0: of a host in no fleet, null: of none.
alter table activity.activity add column fleet_id int;
create index activity_by_fleet on activity.activity (fleet_id, id) where fleet_id is not null;
create index activity_by_type on activity.activity (type, id);
create index activity_by_at on activity.activity (at);
