import { countHosts, listHosts } from '@flotilla/contract/hosts';
import { listTitles } from '@flotilla/contract/software';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ask } from '../api/queries.ts';
import { sourceName } from '../software/source-names.ts';
import type { Hit } from './hits.ts';

const shown = 4;

/** What the text finds among hosts and software, the kind of the present page first. */
export function useHits(text: string, softwareFirst: boolean) {
  const [query] = useDebouncedValue(text, 150);
  const enabled = text !== '' && query !== '';
  const live = { enabled, placeholderData: keepPreviousData };
  const hosts = useQuery({ ...ask(listHosts, { query: { query, per_page: shown } }), ...live });
  const hostCount = useQuery({ ...ask(countHosts, { query: { query } }), ...live });
  const titles = useQuery({ ...ask(listTitles, { query: { query, per_page: shown } }), ...live });
  const hostHits: Hit[] = (hosts.data?.hosts ?? []).map((host) => ({
    id: host.id,
    name: host.display_name,
    detail: host.os_version,
  }));
  const titleHits: Hit[] = (titles.data?.software_titles ?? []).map((title) => ({
    id: title.id,
    name: title.display_name || title.name,
    detail: sourceName(title.source, title.extension_for),
  }));
  const groups = [
    { kind: 'hosts' as const, count: hostCount.data?.count, hits: hostHits },
    { kind: 'software' as const, count: titles.data?.count, hits: titleHits },
  ];
  return softwareFirst ? groups.reverse() : groups;
}
