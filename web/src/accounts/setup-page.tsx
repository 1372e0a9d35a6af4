import { setupState } from '@flotilla/contract/accounts';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ask } from '../api/queries.ts';
import { Door } from './door.tsx';
import { SetupForm } from './setup-form.tsx';
import { SetupSteps } from './setup-steps.tsx';
import { tokenIn } from './setup-token.ts';

/** The first start: makes the first administrator. */
export function SetupPage() {
  const token = useTokenOfLink();
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

/** The token of the printed link, kept in memory only: it leaves the address bar and the history at once. */
function useTokenOfLink(): string {
  const { hash } = useLocation();
  const navigate = useNavigate();
  const [token, setToken] = useState(() => tokenIn(hash));
  useEffect(() => {
    if (hash === '') return;
    setToken(tokenIn(hash));
    void navigate({ to: '/setup', hash: '', replace: true });
  }, [hash, navigate]);
  return token;
}
