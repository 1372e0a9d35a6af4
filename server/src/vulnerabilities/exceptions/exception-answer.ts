import type { VulnerabilityException } from '@flotilla/contract/exceptions';
import type { recordActivity } from '../../activity/index.ts';
import type { ExceptionRow } from '../queries/exception-list.ts';

export function toAnswer(row: ExceptionRow): VulnerabilityException {
  const { title_id, version_id, vex_document } = row;
  return {
    id: row.id,
    cve: row.cve,
    title: title_id === null ? null : { id: title_id, name: row.title ?? '' },
    version:
      version_id === null
        ? null
        : {
            id: version_id,
            title_id: row.version_title_id ?? 0,
            name: row.version_name ?? '',
            version: row.version ?? '',
          },
    scope: scopeOf(row),
    status: row.status,
    justification: row.justification,
    reason: row.reason,
    owner: personOf(row.owner_id, row.owner),
    state: row.state,
    since: row.since.toISOString(),
    until: moment(row.until),
    created_at: row.created_at.toISOString(),
    ended_at: moment(row.ended_at),
    ended_why: row.ended_why,
    ended_by: personOf(row.ended_by, row.ended_by_name),
    vex: vex_document === null ? null : { document: vex_document, statement: row.vex_statement ?? '' },
  };
}

type Activity = Parameters<typeof recordActivity>[2];

const moment = (at: Date | null) => at?.toISOString() ?? null;
const personOf = (id: number | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });

function scopeOf({ fleet_id, label_id, host_id, scope_name: name }: ExceptionRow): VulnerabilityException['scope'] {
  if (fleet_id !== null) return { kind: 'fleet', id: fleet_id, name: fleet_id === 0 ? 'No fleet' : name };
  if (label_id !== null) return { kind: 'label', id: label_id, name };
  if (host_id !== null) return { kind: 'host', id: host_id, name };
  return { kind: 'everything', id: null, name: null };
}

/** What is written down of a change of one. */
export function activityOf(type: string, row: ExceptionRow): Activity {
  const { id, cve, title, version, scope, status, justification, reason, until, ended_why } = toAnswer(row);
  const fleetId = row.scope_fleet_id;
  return {
    type,
    details: {
      exception_id: id,
      cve,
      software_title_id: title?.id ?? version?.title_id ?? null,
      software: title?.name ?? (version && `${version.name} ${version.version}`),
      scope: scope.kind,
      scope_id: scope.id,
      scope_name: scope.name,
      status,
      justification,
      reason,
      until,
      ...(ended_why && { ended_why }),
    },
    ...(row.host_id !== null && { hostId: row.host_id }),
    ...(fleetId !== null && fleetId >= 0 && { fleetId }),
  };
}
