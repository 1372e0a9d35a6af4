-- Titles to which people gave a name of their own.
create index title_renamed on inventory.title (id) where display_name <> name;

-- Systems, patches and running kernels are a handful among all software.
create index title_hidden on inventory.title (id) where kind <> 'normal';
create index software_kernel on inventory.software (id) where kind = 'kernel';
