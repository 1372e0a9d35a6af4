-- Packages of SUSE, Amazon Linux and Oracle Linux have advisories now, and others are looked up by more names.
insert into vulnerabilities.software_to_judge (software_id, since, why)
select software_id, now(), 'upgrade' from vulnerabilities.software_judged order by software_id
on conflict (software_id) do nothing;
