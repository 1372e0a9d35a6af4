-- Much is judged now that no matcher knew before, and nothing about such software changes by itself.
insert into vulnerabilities.software_to_judge (software_id, since, why)
select software_id, now(), 'upgrade' from vulnerabilities.software_judged order by software_id
on conflict (software_id) do nothing;
