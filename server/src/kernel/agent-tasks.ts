import type { AgentTask, TaskRef, TaskReport } from '@flotilla/contract/agent';
import type { Context } from './context.ts';

/** What the server answers to reports. */
export interface TakenReports {
  /** Accepted: to be run now. */
  run: AgentTask[];
  /** Not wanted, or not known: nothing of it may run. */
  drop: TaskRef[];
  /** Its result is durable. */
  settled: TaskRef[];
}

/** The queue as agents see it. Each of these may be called again with the same input, and then changes nothing. */
export interface AgentTasks {
  /** Takes what an agent says of its tasks; resolves when it is durable. */
  take(ctx: Context, hostId: number, reports: TaskReport[]): Promise<TakenReports>;
  /** What the host should take next, and which of its tasks somebody cancelled. Empty `offers` while everything is stopped. */
  offer(
    ctx: Context,
    hostId: number,
  ): Promise<{ offers: TaskRef[]; cancel: TaskRef[]; stopped: boolean; isIdle: boolean }>;
  /** The file of a package that this host needs for a task it runs; null when it runs none with it. */
  openPackage(
    ctx: Context,
    hostId: number,
    sha256: string,
  ): Promise<{ stream: NodeJS.ReadableStream; size: number } | null>;
}
