-- Of Windows: the updates that stand beside its build, as KB5034441,KB5034765; `none`: it has none; empty: nobody asked.
-- Hosts with one build and one set are judged as one software.
alter table inventory.software add column patches text collate "C" not null default '';
