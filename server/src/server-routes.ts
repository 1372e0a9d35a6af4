import { serverProblems, version } from '@flotilla/contract/server';
import { permit } from './kernel/access.ts';
import type { Domain } from './kernel/domain.ts';
import { serve } from './kernel/http/handler.ts';
import { listServerProblems } from './kernel/problems.ts';

/** Routes about the server itself, which belong to no domain. */
export const serverRoutes: Domain = {
  name: 'server',
  routes: [
    serve(version, async (ctx) => ({
      version: ctx.config.version,
      branch: '',
      revision: '',
      go_version: '',
      build_date: '',
      build_user: '',
    })),
    serve(serverProblems, async (ctx) => {
      permit(ctx.actor, 'server:read');
      const rows = await listServerProblems(ctx);
      return { problems: rows.map((row) => ({ ...row, at: row.at.toISOString() })) };
    }),
  ],
};
