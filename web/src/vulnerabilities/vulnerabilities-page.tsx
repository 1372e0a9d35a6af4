import { getRouteApi } from '@tanstack/react-router';
import { ByAction } from './actions/by-action.tsx';
import { ByCve } from './by-cve.tsx';
import { BySoftware } from './by-software.tsx';
import { groupOf } from './search.ts';

const route = getRouteApi('/frame/vulnerabilities');
const views = { action: ByAction, cve: ByCve, software: BySoftware };

/** What is vulnerable: by the update that ends it, by CVE, by software. */
export function VulnerabilitiesPage() {
  const search = route.useSearch();
  const View = views[groupOf(search)];
  return <View search={search} />;
}
