import { editConfig, getConfig } from '@flotilla/contract/config';
import { serverProblems, translate, triggerSchedule as triggerRoute, version } from '@flotilla/contract/server';
import { permit } from './kernel/access.ts';
import type { Domain } from './kernel/domain.ts';
import { serve } from './kernel/http/handler.ts';
import { listServerProblems } from './kernel/problems.ts';
import { sealedSettings } from './kernel/settings.ts';
import { changeServerConfig, readServerConfig } from './server-config.ts';
import { translateNames } from './translate-names.ts';
import { type Schedules, triggerSchedule } from './trigger-schedule.ts';

/** Routes about the server itself, which belong to no domain. @param schedules of all domains, asked when they are needed */
export const createServerRoutes = (schedules: () => Schedules): Domain => ({
  name: 'server',
  sealedColumns: [sealedSettings],
  routes: [
    serve(version, async (ctx) => ({
      version: ctx.config.version,
      branch: '',
      revision: '',
      go_version: '',
      build_date: '',
      build_user: '',
    })),
    serve(getConfig, readServerConfig),
    serve(editConfig, (ctx, { body }) => changeServerConfig(ctx, body)),
    serve(triggerRoute, async (ctx, { query }) => {
      await triggerSchedule(ctx, schedules(), query.name);
      return {};
    }),
    serve(translate, async (ctx, { body }) => ({ list: await translateNames(ctx, body.list) })),
    serve(serverProblems, async (ctx) => {
      permit(ctx.actor, 'server:read');
      const rows = await listServerProblems(ctx);
      return { problems: rows.map((row) => ({ ...row, at: row.at.toISOString() })) };
    }),
  ],
});
