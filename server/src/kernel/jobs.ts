import { PgBoss } from 'pg-boss';
import type { Context } from './context.ts';
import type { ConnectionSettings } from './db/connect.ts';

/** Work done by one process at a time, on a cron schedule in UTC. */
export interface Schedule {
  name: string;
  cron: string;
  run(ctx: Context): Promise<void>;
}

export interface Jobs {
  /** Lets a schedule run now, after one of its name that is running. */
  run(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Schedules and slow jobs only: nothing that a person waits for rides on its polling. */
export async function startJobs(ctx: Context, connection: ConnectionSettings, schedules: Schedule[]): Promise<Jobs> {
  const boss = new PgBoss({ ...connection, max: 3, application_name: 'flotilla jobs' });
  boss.on('error', (error) => ctx.log.error({ err: error }, 'job runner failed'));
  await boss.start();
  for (const schedule of schedules) {
    await boss.createQueue(schedule.name, { policy: 'singleton' });
    await boss.schedule(schedule.name, schedule.cron);
    await boss.work(schedule.name, async () => {
      try {
        await schedule.run(ctx);
      } catch (error) {
        ctx.log.error({ err: error, job: schedule.name }, 'job failed');
        throw error;
      }
    });
  }
  return {
    run: async (name) => void (await boss.send(name)),
    stop: () => boss.stop({ graceful: true, timeout: 5000 }),
  };
}
