import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';

/**
 * Numbers, on this connection, the likelihoods that are not as they are staged, where any is: first those of what was found here.
 * @returns how many
 */
export async function compareLikelihoods(db: Db): Promise<number> {
  await sql`
    create temporary table moved_likelihood as
    select row_number() over (order by known.found_at is null, moved.id)::int as number, moved.* from (
      select distinct on (vulnerability.id) vulnerability.id, staged.probability, staged.percentile
      from staged_likelihood as staged join vulnerabilities.vulnerability as vulnerability on vulnerability.name = staged.name
      left join vulnerabilities.likelihood as old on old.vulnerability_id = vulnerability.id
      where (old.probability, old.percentile) is distinct from (staged.probability, staged.percentile)
      union all
      select old.vulnerability_id, null, null from vulnerabilities.likelihood as old
      where exists (select from staged_likelihood) and not exists (
        select from staged_likelihood as staged
        join vulnerabilities.vulnerability as vulnerability on vulnerability.name = staged.name
        where vulnerability.id = old.vulnerability_id)
    ) as moved join vulnerabilities.vulnerability as known on known.id = moved.id`.execute(db);
  await sql`create index on moved_likelihood (number)`.execute(db);
  const { rows } = await sql<{ moved: number }>`select count(*)::int as moved from moved_likelihood`.execute(db);
  return rows[0]?.moved ?? 0;
}

/** Writes those with the numbers after `first`, at most so many. @returns the ids of their vulnerabilities */
export async function writeLikelihoods(tx: Tx, { first, most }: { first: number; most: number }): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with moved as materialized (
      select * from moved_likelihood where number > ${first} and number <= ${first + most}
    ), gone as (
      delete from vulnerabilities.likelihood where vulnerability_id in (select id from moved where probability is null)
    ), written as (
      insert into vulnerabilities.likelihood (vulnerability_id, probability, percentile)
      select id, probability, percentile from moved where probability is not null order by 1
      on conflict (vulnerability_id) do update set probability = excluded.probability, percentile = excluded.percentile
    )
    select id from moved`.execute(tx);
  return rows.map((row) => row.id);
}
