import { expect, it } from 'vitest';
import { tablesInSql } from './tables-in-sql.ts';

it.each([
  ['SELECT * FROM os_version LIMIT 1', ['os_version']],
  [
    'select a.address from routes r join interface_addresses a on a.interface = r.interface',
    ['routes', 'interface_addresses'],
  ],
  ['SELECT name FROM deb_packages UNION SELECT name FROM rpm_packages', ['deb_packages', 'rpm_packages']],
  ['SELECT p.* FROM users CROSS JOIN python_packages p USING (uid)', ['users', 'python_packages']],
  [
    'WITH cached_users AS (SELECT * FROM users) SELECT * FROM cached_users JOIN firefox_addons',
    ['users', 'firefox_addons'],
  ],
  ['SELECT 1 FROM os_version, users u, groups AS g', ['os_version', 'users', 'groups']],
  ['SELECT name FROM a WHERE name NOT IN (SELECT name FROM b)', ['a', 'b']],
  ["SELECT 'x FROM hidden' -- FROM comment\nFROM shown /* JOIN other */", ['shown']],
  ['SELECT 1', []],
])('%s reads %j', (sql, tables) => {
  expect(tablesInSql(sql)).toEqual(tables);
});
