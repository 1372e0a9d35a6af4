-- Activities of a host, for its page. The hash covers the details, which name the host.
alter table activity.activity add column host_id int;
create index activity_by_host on activity.activity (host_id, id) where host_id is not null;
