import { setupState } from '@flotilla/contract/accounts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ask } from '../api/queries.ts';
import { Door } from './door.tsx';
import { SetupForm } from './setup-form.tsx';
import { SetupSteps } from './setup-steps.tsx';
import { useTokenOfLink } from './use-token-of-link.ts';

/** The first start: makes the first administrator. */
export function SetupPage() {
  const token = useTokenOfLink('/setup');
  const state = useQuery({ ...ask(setupState, {}), refetchInterval: 5_000 });
  const [done, setDone] = useState(false);
  const navigate = useNavigate();
  const isOver = state.data?.needed === false && !done;
  useEffect(() => {
    if (isOver) void navigate({ to: '/login', replace: true });
  }, [isOver, navigate]);
  return (
    <Door
      title="Set up Flotilla"
      sentence="Make the first administrator. More people can be added later."
      beside={<SetupSteps answers={state.data !== undefined} error={state.error} done={done} />}
    >
      <SetupForm key={token} token={token} onDone={() => setDone(true)} />
    </Door>
  );
}
