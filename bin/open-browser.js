import { spawn } from 'node:child_process';

/** Whether someone sits at a desktop in front of this terminal and has not said no. */
export function wantsBrowser({ environment, isTerminal, platform, isRoot }) {
  if (environment.FLOTILLA_OPEN_BROWSER === 'off' || !isTerminal || isRoot) return false;
  if (environment.CI || environment.SSH_CONNECTION || environment.SSH_TTY) return false;
  return platform === 'darwin' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

/** The address is on the terminal too, so it does not matter when this fails. */
export function openBrowser(url) {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
  child.once('error', () => {});
  child.unref();
}
