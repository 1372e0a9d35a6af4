import { useList } from '../browser/answers.ts';
import { type SignedIn, withBrowser } from '../browser/browser.ts';
import { loadFirst, type Place } from '../browser/first-loads.ts';
import { scroll } from '../browser/scrolling.ts';
import { answerFigures, firstLoadFigures, scrollFigures } from '../browser/web-figures.ts';
import { round } from '../measure/percentile.ts';
import { measureUsage } from '../measure/usage.ts';
import { startBareServer } from './bare-server.ts';
import type { Benchmark } from './benchmark.ts';
import { type Loaded, withLoadedServer } from './loaded-server.ts';

const TIMES = 7;
/** The most rows a page of a list may have. */
const ROWS = 200;
const BUILDS = new URL('../../../bin/builds.js', import.meta.url).href;

/** The console in a real browser: its first load, its answers to a person, and how its longest pages scroll. */
export const web: Benchmark = async (options, print) => {
  // Lists need a second page.
  if (options.hosts <= 50) throw new Error('--hosts must be at least 51, with --growth at least 204');
  const { ensureConsole } = await import(BUILDS);
  await ensureConsole({ step: print, done() {} });
  return withLoadedServer(options, print, async (loaded) => {
    const bare = await startBareServer('text/html', bareRows());
    const places = await placesOf(loaded);
    const plain = { name: 'plain HTML', url: bare.origin, selector: '[data-row]', isSignedIn: false };
    const measured: Partial<Awaited<ReturnType<typeof measure>>> = {};
    try {
      const usage = await measureUsage(loaded.server, () =>
        withBrowser(loaded.server, async (signedIn) => {
          // A browser that has only just started is still busy with itself.
          await loadFirst(signedIn, plain);
          Object.assign(measured, await measure({ signedIn, places: [...places, plain], loaded }));
        }),
      );
      return { ...usage, times: TIMES, ...measured };
    } finally {
      await bare.stop();
    }
  });
};

async function placesOf({ server: { origin, token }, fleet }: Loaded): Promise<Place[]> {
  const { json } = await fleet.around.wire.send({ method: 'GET', path: '/api/v1/fleet/hosts?per_page=1', token });
  const [host] = (json as { hosts: { id: number }[] }).hosts;
  const isSignedIn = true;
  return [
    { name: 'sign-in', url: `${origin}/login`, selector: 'input[type=password]', isSignedIn: false },
    { name: 'hosts', url: `${origin}/`, selector: '[data-row]', isSignedIn },
    { name: 'software', url: `${origin}/software`, selector: '[data-row]', isSignedIn },
    { name: 'one host', url: `${origin}/hosts/${host?.id}`, selector: 'main section dd', isSignedIn },
  ];
}

interface Scene {
  signedIn: SignedIn;
  places: Place[];
  loaded: Loaded;
}

async function measure({ signedIn, places, loaded: { server, print } }: Scene) {
  print('first loads');
  const firstLoads = await forEach(places, async (place) =>
    firstLoadFigures(await repeat(() => loadFirst(signedIn, place))),
  );
  print('using lists');
  const lists = [
    {
      name: 'hosts',
      url: `${server.origin}/hosts`,
      column: 'Software changed',
      search: 'Search by name, serial or address',
    },
    { name: 'software', url: `${server.origin}/software`, column: 'Name', search: 'Search titles' },
  ];
  const answers = await forEach(lists, async (list) => answerFigures(await useList(signedIn, list, TIMES)));
  print('scrolling');
  const pages = [
    ...lists.map(({ name, url }) => ({ name, url: `${url}?per_page=${ROWS}` })),
    ...places.slice(-1).map(({ name, url }) => ({ name, url })),
  ];
  const scrolling = await forEach(pages, async ({ url }) => scrollFigures(await repeat(() => scroll(signedIn, url))));
  return { firstLoads, answers, scrolling, ratio: ratiosOf(firstLoads) };
}

/** Interactive and CPU, each against the same number of rows without any script. */
function ratiosOf(firstLoads: Record<string, ReturnType<typeof firstLoadFigures>>) {
  const { hosts, 'plain HTML': plain } = firstLoads;
  const over = (name: 'interactiveMilliseconds' | 'browserCpuMilliseconds') =>
    round((hosts?.[name].p50 ?? 0) / (plain?.[name].p50 ?? 1), 1);
  return { hostsToPlainHtml: over('interactiveMilliseconds'), cpuToPlainHtml: over('browserCpuMilliseconds') };
}

async function forEach<T extends { name: string }, R>(things: T[], work: (thing: T) => Promise<R>) {
  const results: Record<string, R> = {};
  for (const thing of things) results[thing.name] = await work(thing);
  return results;
}

async function repeat<T>(work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let time = 0; time < TIMES; time += 1) results.push(await work());
  return results;
}

/** As many rows as the longest page of a list, with nothing around them: what a browser takes for a page at least. */
function bareRows(): string {
  const cells = '<td>host.example.org</td>'.repeat(6);
  const row = `<tr data-row style="height: 36px">${cells}</tr>`;
  return `<!doctype html><title>Rows</title><table style="width: 100%">${row.repeat(ROWS)}</table>`;
}
