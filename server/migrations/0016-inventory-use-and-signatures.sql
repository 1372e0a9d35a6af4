-- When software was last used on a host. Written only when it moved by a day, and then in the page.
create table inventory.host_use (
  host_id int not null,
  software_id int not null,
  opened_at timestamptz not null,
  primary key (host_id, software_id)
) with (fillfactor = 80);

-- What vouches for the files of a host by their path, one document a query: it changes without the software changing.
create table inventory.host_signature (
  host_id int not null,
  query text collate "C" not null,
  body jsonb not null,
  primary key (host_id, query)
);
