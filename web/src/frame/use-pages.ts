import { useQuery } from '@tanstack/react-query';
import { mayBe } from '../accounts/may.ts';
import { session } from '../accounts/session.ts';
import { pages } from './pages.ts';

/** The pages the person may open. */
export function usePages(): (typeof pages)[number][] {
  const { data } = useQuery(session);
  return pages.filter(({ needs }) => needs === undefined || (data && mayBe(data.permissions, needs, 'somewhere')));
}
