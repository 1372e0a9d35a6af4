import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useFleetId } from '../fleets/use-fleet.ts';
import { counted } from '../pieces/words.ts';
import { dueQuery } from './due-query.ts';
import { useAwaited } from './health-query.ts';

/** What a colleague would say. */
export function HomeSentence() {
  const { data } = useQuery(dueQuery(useFleetId()));
  const waiting = useAwaited();
  if (!data || waiting === undefined) return null;
  const { overdue, soon, is_settled } = data;
  const more = is_settled ? '' : '. Dates are being worked out anew';
  if (overdue.findings > 0) {
    return (
      <>
        <Link to="/due">{counted(overdue.hosts, 'host')}</Link> {overdue.hosts === 1 ? 'has' : 'have'}{' '}
        {counted(overdue.findings, 'finding')} overdue{more}
      </>
    );
  }
  if (soon.findings > 0) {
    return (
      <>
        Nothing is overdue; {counted(soon.findings, 'finding')} on{' '}
        <Link to="/due" search={{ within: '3' }}>
          {counted(soon.hosts, 'host')}
        </Link>{' '}
        {soon.findings === 1 ? 'is' : 'are'} due within three days{more}
      </>
    );
  }
  if (waiting !== null) return waiting;
  return <>Nothing urgent is overdue or due within three days{more}</>;
}
