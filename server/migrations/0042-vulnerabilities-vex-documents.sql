-- Which version of a VEX document was taken over last, for a fleet (0: hosts in none) or everywhere (-1): an older one does not replace it.
create table vulnerabilities.vex_document (
  id text collate "C" not null,
  fleet_id int not null,
  version text collate "C" not null,
  -- By the document itself; null: it does not say.
  told_at timestamptz,
  imported_at timestamptz not null,
  primary key (id, fleet_id)
);
