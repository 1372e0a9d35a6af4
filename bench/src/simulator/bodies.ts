import type { Machine } from './machine.ts';
import type { Answer } from './osquery.ts';
import { osqueryInfo, systemInfo } from './tables.ts';

/** What osquery sends to enrol. */
export function enrolBody(machine: Machine, secret: string): string {
  const { major, minor, patch, platform, version, codename, name, arch } = machine.distribution.os;
  return JSON.stringify({
    enroll_secret: secret,
    host_identifier: machine.uuid,
    platform_type: '9',
    host_details: {
      os_version: { _id: major, arch, codename, major, minor, name, patch, pid_with_namespace: '0', platform, version },
      osquery_info: osqueryInfo(machine),
      system_info: systemInfo(machine),
    },
  });
}

export const keyBody = (nodeKey: string) => JSON.stringify({ node_key: nodeKey });

/** What osquery sends after a batch: all answers in one request, in the order of their names. */
export function writeBody(nodeKey: string, answers: [name: string, answer: Answer][]): string {
  const sorted = answers.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const part = (value: (answer: Answer) => string) =>
    `{${sorted.map(([name, answer]) => `${JSON.stringify(name)}:${value(answer)}`).join(',')}}`;
  const stats = '{"wall_time_ms":12,"user_time":10,"system_time":2,"memory":184320}';
  return `{"queries":${part((answer) => answer.rows)},"statuses":${part((answer) => String(answer.status))},"messages":${part((answer) => JSON.stringify(answer.message))},"stats":${part(() => stats)},"node_key":${JSON.stringify(nodeKey)}}`;
}
