import { join } from 'node:path';
import { createBackOff } from './back-off.js';
import { ensureAgent, ensureConsole } from './builds.js';
import { followOutput, openLog } from './child-log.js';
import { makeDataFolder } from './data-folder.js';
import { ensureDependencies } from './dependencies.js';
import { environmentFor, fail, launch, programFor } from './launch.js';
import { openBrowser, wantsBrowser } from './open-browser.js';
import { createProgress } from './terminal.js';

/** A second Ctrl-C within this time is the same one, passed on by npm. */
const SAME_SIGNAL_MS = 3000;
const PARENT_POLL_MS = 500;

const progress = createProgress();
const environment = environmentFor();
const folder = environment.FLOTILLA_DATA_DIR;
const isRoot = process.getuid?.() === 0;

/** The running children by name. */
const children = {};
let stoppingSince = null;

/** Starts a part of Flotilla as a child whose log goes to a file. */
function startPart(name, command, more = {}) {
  const { file, args } = programFor([command]);
  const child = launch(file, args, {
    env: { ...environment, ...more },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Ctrl-C reaches only this process, which stops its children in order.
    detached: true,
  });
  children[name] = child;
  const log = openLog(join(folder, 'logs', `${name}.log`));
  log.on('error', (error) => progress.line(`${name}: cannot write its log: ${error.message}`));
  followOutput(child, { log, show: (text) => progress.line(`${name}: ${text}`) });
  child.ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => {
      log.end();
      resolve(signal ?? `code ${code}`);
    });
  });
  return child;
}

/** @returns the server's `ready` message */
function startServer() {
  const server = startPart('server', 'serve');
  server.ended.then(async (how) => {
    if (stoppingSince !== null) return;
    stoppingSince = Date.now();
    progress.failed();
    await stopPart('agent');
    fail(`The server ended by itself (${how}); its log is ${join(folder, 'logs', 'server.log')}`);
  });
  return new Promise((resolve) => {
    server.on('message', (message) => {
      if (message.type === 'progress') progress.step(message.text);
      if (message.type === 'ready') resolve(message);
    });
  });
}

/** Keeps an agent for this machine running. */
async function runAgent(serverUrl) {
  const backOff = createBackOff();
  while (stoppingSince === null) {
    const since = Date.now();
    const agent = startPart('agent', 'agent', { FLOTILLA_SERVER_URL: serverUrl });
    agent.on('message', (message) => {
      if (message.type === 'progress') progress.line(`agent: ${message.text}`);
    });
    const how = await agent.ended;
    if (stoppingSince !== null) return;
    const pauseMs = backOff.after(Date.now() - since);
    progress.line(`agent: ended by itself (${how}), starts again in ${pauseMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

async function stopPart(name) {
  const child = children[name];
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await child.ended;
}

async function stop() {
  if (stoppingSince !== null) {
    if (Date.now() - stoppingSince < SAME_SIGNAL_MS) return;
    for (const child of Object.values(children)) child.kill('SIGKILL');
    fail('Stopped at once; the next start repairs what was under way');
  }
  stoppingSince = Date.now();
  progress.done();
  progress.step('Stopping');
  await stopPart('agent');
  await stopPart('server');
  progress.done();
  process.exit(0);
}

/** npm starts us through a shell, which a signal to npm ends without passing it on. */
function stopWithNpm() {
  if (environment.npm_lifecycle_event === undefined) return;
  const { ppid } = process;
  const watch = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(watch);
    if (stoppingSince === null) stop();
  }, PARENT_POLL_MS);
}

function announce({ httpUrl, serverUrl, setupUrl }) {
  progress.line('');
  progress.line(`Flotilla runs at ${httpUrl}; hosts reach it at ${serverUrl}`);
  if (setupUrl) progress.line(`Make the first administrator: ${setupUrl}`);
  progress.line(`Data and logs are in ${folder}. Ctrl-C stops it.`);
  progress.line('');
  if (wantsBrowser({ environment, isTerminal: process.stdout.isTTY === true, platform: process.platform, isRoot })) {
    openBrowser(setupUrl ?? httpUrl);
  }
}

// Whoever read our output may go away before us.
process.stdout.on('error', () => {});
try {
  await ensureDependencies(progress);
  await ensureConsole(progress);
  if (environment.FLOTILLA_AGENT !== 'off') await ensureAgent(progress);
  makeDataFolder(folder, isRoot);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  stopWithNpm();
  progress.step('Starting the server');
  const ready = await startServer();
  progress.done();
  announce(ready);
  if (environment.FLOTILLA_AGENT !== 'off') await runAgent(ready.tlsUrl);
} catch (error) {
  progress.failed();
  fail(error.message);
}
