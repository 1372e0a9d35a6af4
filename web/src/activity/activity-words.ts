import type { Activity } from '@flotilla/contract/activities';
import { capital, listed, number } from '../pieces/words.ts';

/** One part of a sentence: words, or a name that leads somewhere. */
export type Piece =
  | string
  | { name: string; to: 'host' | 'title' | 'policy' | 'rollout' | 'fleet' | 'person' | 'label'; id: number };

type Details = Activity['details'];

const said = (details: Details, ...keys: string[]): string => {
  for (const key of keys) {
    const value = details[key];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return '';
};

const idOf = (details: Details, ...keys: string[]): number | undefined =>
  keys.map((key) => details[key]).find((value): value is number => Number.isInteger(value));

function named(to: Exclude<Piece, string>['to'], name: string, id: number | undefined): Piece {
  return id === undefined ? name : { to, id, name: name || `${to} ${id}` };
}

const host = (d: Details) => named('host', said(d, 'host_display_name', 'host_name') || 'a host', idOf(d, 'host_id'));
const title = (d: Details) =>
  named(
    'title',
    said(d, 'software_title', 'title', 'software_package') || 'software',
    idOf(d, 'software_title_id', 'title_id'),
  );
const policy = (d: Details) => named('policy', said(d, 'policy_name', 'name') || 'a policy', idOf(d, 'policy_id'));
const gone = (d: Details) => said(d, 'policy_name', 'name') || 'a policy';
const rollout = (d: Details) => named('rollout', said(d, 'rollout_name', 'name') || 'a rollout', idOf(d, 'rollout_id'));
const version = (d: Details) => (said(d, 'version') ? ` ${said(d, 'version')}` : '');
const because = (d: Details) => {
  const reason = said(d, 'reason', 'failure_reason');
  return reason === '' ? '' : `: ${reason}`;
};

const fleet = (d: Details): Piece => {
  const id = idOf(d, 'fleet_id', 'team_id');
  return id === undefined || id === 0 ? 'no fleet' : named('fleet', said(d, 'fleet_name', 'team_name'), id);
};
const goneFleet = (d: Details) => said(d, 'fleet_name', 'team_name') || 'a fleet';
const person = (d: Details) =>
  named('person', said(d, 'user_name', 'user_email', 'name', 'email') || 'somebody', idOf(d, 'user_id'));
const gonePerson = (d: Details) => said(d, 'user_name', 'user_email') || 'somebody';
const label = (d: Details) => named('label', said(d, 'label_name', 'name') || 'a label', idOf(d, 'label_id'));
const goneLabel = (d: Details) => said(d, 'label_name', 'name') || 'a label';

const excepted = (d: Details) => {
  const what = [said(d, 'cve') || 'everything found', said(d, 'software')].filter(Boolean).join(' in ');
  const scope = said(d, 'scope');
  return scope === '' || scope === 'everything' ? what : `${what}, for the ${scope} ${said(d, 'scope_name')}`.trimEnd();
};
const exceptedAs = (d: Details) =>
  ({ not_affected: 'said not to be affected by', false_positive: 'called a false positive' })[said(d, 'status')] ??
  'accepted';

/** "ada, build-07 and 12 more hosts", from the names that details carry. */
function hostsIn(d: Details): string {
  const names = Array.isArray(d.host_display_names)
    ? d.host_display_names.filter((name) => typeof name === 'string')
    : [];
  if (names.length === 0) return said(d, 'host_display_name') || 'hosts';
  const shown = names.slice(0, 3);
  const more = names.length - shown.length;
  return listed(more > 0 ? [...shown, `${number(more)} more`] : shown);
}

const failed = (d: Details) => said(d, 'status').startsWith('failed');

const sentences: Record<string, (d: Details) => Piece[]> = {
  accepted_feed: (d) => [`had data of the feed ${said(d, 'feed_name')} used that were held`, because(d)],
  installed_software: (d) => [
    failed(d) ? 'could not install ' : 'installed ',
    title(d),
    `${version(d)} on `,
    host(d),
    because(d),
  ],
  uninstalled_software: (d) => [
    failed(d) ? 'could not uninstall ' : 'uninstalled ',
    title(d),
    ' from ',
    host(d),
    because(d),
  ],
  canceled_install_software: (d) => ['cancelled the installation of ', title(d), ' on ', host(d)],
  canceled_uninstall_software: (d) => ['cancelled the removal of ', title(d), ' from ', host(d)],
  canceled_run_script: (d) => ['cancelled a script on ', host(d)],
  ran_script: (d) => [`ran ${said(d, 'script_name') || 'a script'} on `, host(d)],
  added_software: (d) => ['added ', title(d), `${version(d)} to the library`],
  deleted_software: (d) => ['deleted ', title(d), `${version(d)} from the library`],
  created_policy: (d) => ['made the policy ', policy(d)],
  edited_policy: (d) => ['changed the policy ', policy(d)],
  deleted_policy: (d) => [`deleted the policy ${gone(d)}`],
  started_rollout: (d) => ['started the rollout ', rollout(d)],
  paused_rollout: (d) => ['paused the rollout ', rollout(d), because(d)],
  resumed_rollout: (d) => ['resumed the rollout ', rollout(d), because(d)],
  aborted_rollout: (d) => ['aborted the rollout ', rollout(d), because(d)],
  halted_rollout: (d) => ['halted the rollout ', rollout(d), because(d)],
  finished_rollout: (d) => ['finished the rollout ', rollout(d)],
  stopped_everything: (d) => [`stopped everything${because(d)}`],
  lifted_stop: () => ['lifted the global stop'],
  created_user: (d) => ['made the account of ', person(d)],
  edited_user: (d) => ['changed the account of ', person(d)],
  deleted_user: (d) => [`deleted the account of ${gonePerson(d)}`],
  changed_user_global_role: (d) => ['gave ', person(d), ` the role ${said(d, 'role')} in every fleet`],
  deleted_user_global_role: (d) => ['took ', person(d), ` the role ${said(d, 'role')} in every fleet`],
  changed_user_team_role: (d) => ['gave ', person(d), ` the role ${said(d, 'role')} in `, fleet(d)],
  deleted_user_team_role: (d) => ['took ', person(d), ` the role ${said(d, 'role')} in `, fleet(d)],
  created_invite: (d) => [`invited ${said(d, 'invite_name', 'name', 'invite_email', 'email') || 'somebody'}`],
  user_logged_in: () => ['signed in'],
  user_failed_login: (d) => [`failed to sign in${said(d, 'email') ? ` as ${said(d, 'email')}` : ''}`],
  changed_password: () => ['changed their password'],
  requested_password_reset: () => ['asked for a new password'],
  made_password_reset_link: (d) => ['made a password link for ', person(d)],
  made_api_token: (d) => ['made a new token for ', person(d)],
  ended_sessions: (d) => ['ended sessions of ', person(d)],
  created_team: (d) => ['made the fleet ', fleet(d)],
  edited_team: (d) => ['changed the fleet ', fleet(d)],
  deleted_team: (d) => [`deleted the fleet ${goneFleet(d)}`],
  edited_enroll_secrets: (d) => ['changed the enrol secrets of ', fleet(d)],
  transferred_hosts: (d) => [`moved ${hostsIn(d)} to `, fleet(d)],
  fleet_enrolled: (d) => ['enrolled ', host(d)],
  deleted_host: (d) => [`deleted ${said(d, 'host_display_name') || 'a host'}`],
  edited_host_labels: (d) => ['changed the labels of ', host(d)],
  edited_device_mapping: (d) => ['said who uses ', host(d)],
  created_label: (d) => ['made the label ', label(d)],
  edited_label: (d) => ['changed the label ', label(d)],
  deleted_label: (d) => [`deleted the label ${goneLabel(d)}`],
  created_vulnerability_exception: (d) => [`${exceptedAs(d)} ${excepted(d)}${because(d)}`],
  edited_vulnerability_exception: (d) => [`changed the exception for ${excepted(d)}`],
  ended_vulnerability_exception: (d) => [
    said(d, 'ended_why') === 'expired'
      ? `let the exception for ${excepted(d)} run out`
      : `ended the exception for ${excepted(d)}`,
  ],
  imported_vex: (d) => [`took over the VEX document ${said(d, 'document')}`],
  edited_due_table: (d) => [
    'changed by when findings are to be mended',
    ...(idOf(d, 'fleet_id') === undefined ? [] : [' in ', fleet(d)]),
  ],
  edited_internet_exposure: (d) => [
    'said whether the internet can reach ',
    idOf(d, 'label_id') === undefined ? fleet(d) : label(d),
  ],
  edited_config: () => ['changed the settings of the server'],
  edited_software: (d) => ['changed the package of ', title(d)],
  merged_software_title: (d) => [`merged ${said(d, 'software_title', 'name') || 'a title'} into another`],
  unmerged_software_title: (d) => [`undid the merge of ${said(d, 'software_title', 'name') || 'a title'}`],
  triggered_schedule: (d) => [`started ${said(d, 'name') || 'a schedule'} by hand`],
};

/** Kinds of activities to filter by, in words. */
export const activityTypes = Object.keys(sentences)
  .map((value) => ({ value, label: capital(value.replaceAll('team', 'fleet').replaceAll('_', ' ')) }))
  .sort((a, b) => a.label.localeCompare(b.label));

/** What was done, as the rest of a sentence that begins with who; an unknown kind is shown as its words. */
export function activityPieces({ type, details }: Pick<Activity, 'type' | 'details'>): Piece[] {
  const pieces = sentences[type]?.(details) ?? [type.replaceAll('_', ' ')];
  return pieces.filter((piece) => piece !== '');
}

/** The task behind an activity and the host it is of, where its result can be read. */
export function taskOf({ details }: Pick<Activity, 'details'>): { hostId: number; task: string } | undefined {
  const hostId = idOf(details, 'host_id');
  const task = said(details, 'install_uuid', 'script_execution_id');
  return hostId === undefined || task === '' ? undefined : { hostId, task };
}

/** Who did it: a person, or the server of itself. */
export const actorName = ({
  actor_full_name,
  actor_email,
  fleet_initiated,
}: Pick<Activity, 'actor_full_name' | 'actor_email' | 'fleet_initiated'>): string =>
  actor_full_name || actor_email || (fleet_initiated ? 'Flotilla' : 'Someone');
