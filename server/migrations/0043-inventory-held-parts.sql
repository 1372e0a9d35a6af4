-- Home tells which hosts have a report that is held back: few of very many.
create index host_part_held on inventory.host_part (host_id) where held_asked is not null;
