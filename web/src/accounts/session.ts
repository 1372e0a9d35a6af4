import { me } from '@flotilla/contract/accounts';
import type { QueryClient } from '@tanstack/react-query';
import { redirect } from '@tanstack/react-router';
import { ask, isSignedOut } from '../api/queries.ts';

/** Who is signed in. */
export const session = { ...ask(me, {}), staleTime: 60_000 };

/** Lets a page open only with a session; sign-in comes back to where one wanted to go. Who must set a password does that first. */
export async function requireSession(queries: QueryClient, wanted: string): Promise<void> {
  try {
    const { user } = await queries.ensureQueryData(session);
    if (user.force_password_reset) throw redirect({ to: '/login/new-password' });
  } catch (error) {
    if (isSignedOut(error)) throw redirect({ to: '/login', search: { to: wanted === '/' ? undefined : wanted } });
    throw error;
  }
}
