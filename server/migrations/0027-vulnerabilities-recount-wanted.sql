-- Vulnerabilities whose findings were published for so many hosts that they are counted anew afterwards.
create table vulnerabilities.recount_wanted (
  vulnerability_id int primary key
);
