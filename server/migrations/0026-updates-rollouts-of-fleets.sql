-- Null: of all fleets. 0: of hosts in no fleet.
alter table updates.rollout add column fleet_id int;
