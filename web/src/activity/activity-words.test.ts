import { expect, test } from 'vitest';
import { activityPieces, actorName, taskOf } from './activity-words.ts';

const words = (type: string, details: Record<string, unknown> = {}) =>
  activityPieces({ type, details })
    .map((piece) => (typeof piece === 'string' ? piece : piece.name))
    .join('');

test('each kind is the rest of a sentence', () => {
  const details = {
    host_id: 3,
    host_display_name: 'ada',
    software_title: 'htop',
    software_title_id: 9,
    version: '3.2',
  };
  expect(words('installed_software', details)).toBe('installed htop 3.2 on ada');
  expect(words('installed_software', { ...details, status: 'failed_install' })).toBe(
    'could not install htop 3.2 on ada',
  );
  expect(words('uninstalled_software', details)).toBe('uninstalled htop from ada');
  expect(words('paused_rollout', { rollout_id: 2, name: 'htop 3.2', reason: 'lunch' })).toBe(
    'paused the rollout htop 3.2: lunch',
  );
  expect(words('deleted_policy', { policy_name: 'Disk' })).toBe('deleted the policy Disk');
  expect(words('stopped_everything', { reason: 'bad package' })).toBe('stopped everything: bad package');
});

test('names lead to what they name, if it is known which', () => {
  expect(activityPieces({ type: 'ran_script', details: { host_id: 3, host_display_name: 'ada' } })).toEqual([
    'ran a script on ',
    { to: 'host', id: 3, name: 'ada' },
  ]);
  expect(activityPieces({ type: 'ran_script', details: {} })).toEqual(['ran a script on ', 'a host']);
});

test('what a task did leads to its result', () => {
  expect(taskOf({ details: { host_id: 3, install_uuid: 'u' } })).toEqual({ hostId: 3, task: 'u' });
  expect(taskOf({ details: { host_id: 3 } })).toBeUndefined();
});

test('why it failed is part of the sentence', () => {
  const details = {
    host_display_name: 'ada',
    software_title: 'htop',
    status: 'failed_install',
    failure_reason: 'Exit code 1',
  };
  expect(words('installed_software', details)).toBe('could not install htop on ada: Exit code 1');
});

test('an unknown kind is shown as its words', () => {
  expect(words('brand_new_thing')).toBe('brand new thing');
});

test('the server has a name too', () => {
  const nobody = { actor_full_name: '', actor_email: '' };
  expect([
    actorName({ ...nobody, fleet_initiated: true }),
    actorName({ ...nobody, fleet_initiated: false }),
    actorName({ ...nobody, actor_full_name: 'Ada', fleet_initiated: false }),
  ]).toEqual(['Flotilla', 'Someone', 'Ada']);
});
