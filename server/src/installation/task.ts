import type { TaskState } from '@flotilla/contract/tasks';

export type TaskKind = 'install' | 'uninstall' | 'script';

/** Who wants a task, and what it is part of. */
export interface Requester {
  /** As people read it: a name, `policy …` or `rollout …`. */
  by: string;
  accountId: number | null;
  policyId?: number;
  rollout?: { id: number; ring: number };
}

/** Something a host is to do. Install and uninstall name the package, a script has its text. */
export interface NewTask {
  hostId: number;
  kind: TaskKind;
  packageId: number | null;
  titleId: number | null;
  script: string;
}

export interface TaskRow {
  id: string;
  host_id: number;
  kind: TaskKind;
  package_id: number | null;
  title_id: number | null;
  script: string;
  state: TaskState;
  step: string | null;
  attempt: number;
  failures: number;
  most_attempts: number;
  not_before: Date;
  agent: 'flotilla' | 'orbit' | null;
  on_hold: boolean;
  cancel_requested: boolean;
  outcome: string | null;
  verify_asked: number | null;
  reason: string;
  requested_by: string;
  account_id: number | null;
  policy_id: number | null;
  rollout_id: number | null;
  ring: number | null;
  created_at: Date;
  ended_at: Date | null;
}

/** People's requests come first; what fleets of hosts are to do can wait behind them. */
export const PRIORITY = { person: 10, policy: 0, rollout: 0 } as const;
