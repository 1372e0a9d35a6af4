-- Whether what is in use of a feed is what came with Flotilla, because the feed could never be fetched.
alter table vulnerabilities.feed add column is_snapshot boolean not null default false;
