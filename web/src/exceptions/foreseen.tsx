import { previewException, type previewException as previewRoute } from '@flotilla/contract/exceptions';
import type { BodyOf } from '@flotilla/contract/route';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { Trouble } from '../pieces/trouble.tsx';
import { counted } from '../pieces/words.ts';

export type Subject = BodyOf<typeof previewRoute>;

/** What an exception would do, before it is made. */
export function Foreseen({ subject }: { subject: Subject }) {
  const asked = useQuery({
    queryKey: [previewException.path, subject],
    queryFn: ({ signal }) => call(previewException, { body: subject, signal }),
    placeholderData: keepPreviousData,
  });
  const effect = asked.data;
  if (asked.error) {
    return <Trouble what="Its effect could not be told" error={asked.error} retry={() => void asked.refetch()} />;
  }
  if (!effect) return <p className="quiet">Counting hosts…</p>;
  return (
    <p role="status">
      {effect.hosts_count === 0
        ? 'It counts on none of these hosts now.'
        : `It is about ${counted(effect.hosts_count, 'host')} on which it counts now.`}
      {effect.remaining_hosts_count > 0 &&
        ` On ${counted(effect.remaining_hosts_count, 'host')} of these it goes on counting: other software has it there too.`}
    </p>
  );
}
