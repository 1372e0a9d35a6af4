import { verifyActivities } from '@flotilla/contract/activities';
import { Button } from '@mantine/core';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useMay } from '../accounts/may.ts';
import { call } from '../api/call.ts';
import { Failure } from '../pieces/failure.tsx';
import { StateMark } from '../pieces/state-mark.tsx';
import { counted } from '../pieces/words.ts';

/** Verifies the chain of activities when asked to: whether anything was altered or taken away afterwards. */
export function ChainMark() {
  const may = useMay('server:read');
  const verify = useMutation({ mutationFn: () => call(verifyActivities, {}) });
  if (!may) return null;
  const found = verify.data;
  if (!found) {
    return (
      <div>
        <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate()}>
          Verify the chain
        </Button>
        <Failure error={verify.error} />
      </div>
    );
  }
  return (
    <span role="status">
      {found.intact ? (
        <StateMark icon={IconShieldCheck} tone="good" title="Each one carries the hash of the one before">
          {counted(found.activities, 'activity', 'activities')} verified, none altered
        </StateMark>
      ) : (
        <StateMark icon={IconShieldX} tone="bad" title="The rows from there on do not follow from those before">
          Altered or missing at activity {found.broken_at}
        </StateMark>
      )}
    </span>
  );
}
