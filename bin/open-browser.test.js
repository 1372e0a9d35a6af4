import { expect, it } from 'vitest';
import { wantsBrowser } from './open-browser.js';

const desktop = { environment: { DISPLAY: ':0' }, isTerminal: true, platform: 'linux', isRoot: false };

it('opens on a desktop only', () => {
  expect(wantsBrowser(desktop)).toBe(true);
  expect(wantsBrowser({ ...desktop, environment: {} })).toBe(false);
  expect(wantsBrowser({ ...desktop, isTerminal: false })).toBe(false);
  expect(wantsBrowser({ ...desktop, isRoot: true })).toBe(false);
  expect(wantsBrowser({ ...desktop, environment: { DISPLAY: ':0', SSH_CONNECTION: 'x' } })).toBe(false);
  expect(wantsBrowser({ ...desktop, environment: { DISPLAY: ':0', FLOTILLA_OPEN_BROWSER: 'off' } })).toBe(false);
});
