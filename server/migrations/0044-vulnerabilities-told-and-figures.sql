-- Vulnerabilities of which feeds tell something else: what is shown of them is to be chosen anew.
create table vulnerabilities.retold (vulnerability_id int primary key);

-- Versions in which a vulnerability was found of which something else is said: their greatest figures are to be worked out anew.
create table vulnerabilities.figures_wanted (version_id int primary key);
