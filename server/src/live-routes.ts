import { type LiveKind, live } from '@flotilla/contract/live';
import type { Permission } from '@flotilla/contract/route';
import { findPerson } from './accounts/index.ts';
import { type Actor, permitSome } from './kernel/access.ts';
import type { Context } from './kernel/context.ts';
import type { Domain } from './kernel/domain.ts';
import { AppError } from './kernel/errors.ts';
import { readToken } from './kernel/http/authenticate.ts';
import { serve } from './kernel/http/handler.ts';
import { createLiveStreams } from './live-streams.ts';

/** What one must be allowed to read, somewhere, to hear of a kind. */
const NEEDS: Record<LiveKind, Permission> = {
  hosts: 'hosts:read',
  software: 'software:read',
  vulnerabilities: 'software:read',
  tasks: 'hosts:read',
  policies: 'policies:read',
  activities: 'activities:read',
};

/** The stream that keeps an open console up to date. @param ctx of the server itself */
export function createLive(ctx: Context): Domain {
  const streams = createLiveStreams(ctx);
  return {
    name: 'live',
    closeStreams: () => streams.stop(),
    routes: [
      serve(live, async ({ actor }, _input, { request, reply }) => {
        const kinds = kindsOf(actor);
        const { token } = readToken(request);
        streams.open(reply, {
          kinds,
          isStillSignedIn: async () => token !== null && (await findPerson(ctx, token)) !== null,
        });
        return undefined;
      }),
    ],
  };
}

/** @throws AppError `unauthenticated`, or `forbidden` for whoever may read nothing */
function kindsOf(actor: Actor): LiveKind[] {
  const kinds = (Object.keys(NEEDS) as LiveKind[]).filter((kind) => mayHear(actor, NEEDS[kind]));
  if (kinds.length === 0)
    throw new AppError('forbidden', { name: 'base', reason: 'Your role reads nothing that moves' });
  return kinds;
}

function mayHear(actor: Actor, permission: Permission): boolean {
  try {
    permitSome(actor, permission);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'forbidden') return false;
    throw error;
  }
}
