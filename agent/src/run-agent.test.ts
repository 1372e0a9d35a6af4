import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { makeCertificates } from './testing/certificates.ts';
import { describeWith } from './testing/describe-with.ts';
import { type FakeServer, json, startFakeServer } from './testing/fake-server.ts';
import { PATIENCE } from './testing/patience.ts';
import { startAgent } from './testing/running-agent.ts';

async function fakeServer(options: Parameters<typeof startFakeServer>[0] = {}): Promise<FakeServer> {
  const server = await startFakeServer(options);
  onTestFinished(() => server.close());
  return server;
}

describeWith('osquery', 'an agent and its server', () => {
  it('enrols once, keeps its key for itself, and says who it is', async () => {
    const server = await fakeServer();
    const agent = startAgent(server);
    await vi.waitUntil(() => server.checkIns.length >= 2, PATIENCE);
    expect(await agent.stop()).toBe(0);
    agent.start();
    const before = server.checkIns.length;
    await vi.waitUntil(() => server.checkIns.length > before, PATIENCE);
    expect(server.enrolments).toHaveLength(1);
    const uuid = readFileSync(join(agent.folder, 'host-uuid'), 'utf8').trim();
    expect(server.enrolments[0]).toMatchObject({ hardware_uuid: uuid, osquery_identifier: uuid });
    expect(statSync(join(agent.folder, 'node-key')).mode & 0o777).toBe(0o600);
  });

  it('numbers its calls upwards, also over restarts, and repeats a number only for a call without an answer', async () => {
    const server = await fakeServer();
    const agent = startAgent(server);
    for (let restart = 0; restart < 3; restart += 1) {
      const before = server.checkIns.length;
      await vi.waitUntil(() => server.checkIns.length >= before + 3, PATIENCE);
      await agent.kill();
      agent.start();
    }
    const numbers = server.checkIns.map(({ sequence }) => sequence);
    expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
    const seen: number[] = [];
    server.instead.checkIn = async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      seen.push(JSON.parse(Buffer.concat(chunks).toString()).sequence);
      json(response, 503, { error: 'temporarily unavailable' });
    };
    await vi.waitUntil(() => seen.length >= 3, PATIENCE);
    expect(new Set(seen).size).toBe(1);
    server.instead = {};
    const before = server.checkIns.length;
    await vi.waitUntil(() => server.checkIns.length > before, PATIENCE);
    expect(server.checkIns[before]?.sequence).toBe(seen[0]);
  });

  it('answers queries, and keeps the answers while the server is away', async () => {
    const server = await fakeServer();
    server.queries = { 'a:1': 'select 1 as a', 'b:1': 'select nope' };
    startAgent(server);
    await vi.waitUntil(() => server.checkIns.length > 0, PATIENCE);
    server.instead.checkIn = (_request, response) => response.destroy();
    await vi.waitUntil(() => server.heard.connections > 3, PATIENCE);
    server.instead = {};
    await vi.waitUntil(() => server.answers.size === 2, PATIENCE);
    expect(Object.fromEntries(server.answers)).toEqual({
      'a:1': { rows: [{ a: '1' }], status: 0, message: '' },
      'b:1': { rows: [], status: 1, message: 'no such column: nope' },
    });
  });

  it('calls at once when it is nudged', async () => {
    const server = await fakeServer();
    server.pollSeconds = 3600;
    startAgent(server);
    await vi.waitUntil(() => server.streams.size === 1 && server.checkIns.length === 1, PATIENCE);
    const since = performance.now();
    server.send('nudge');
    await vi.waitUntil(() => server.checkIns.length === 2, { timeout: 5000, interval: 2 });
    expect(performance.now() - since).toBeLessThan(1000);
  });

  it('enrols again when its key is not known any more, and not in a hot loop', async () => {
    const server = await fakeServer();
    startAgent(server);
    await vi.waitUntil(() => server.checkIns.length > 0, PATIENCE);
    server.keys.clear();
    const before = server.checkIns.length;
    await vi.waitUntil(() => server.checkIns.length > before, PATIENCE);
    expect(server.enrolments).toHaveLength(2);
    let refusals = 0;
    server.instead.checkIn = (_request, response) => {
      refusals += 1;
      json(response, 401, { error: 'unknown key', node_invalid: true });
    };
    await vi.waitUntil(() => refusals >= 3, PATIENCE);
    expect(server.enrolments.length).toBeLessThanOrEqual(2 + refusals);
  });

  it('says once why it cannot enrol, and enrols as soon as it can', async () => {
    const server = await fakeServer();
    const agent = startAgent(server);
    server.secret = 'another';
    const said = () => agent.log().filter(({ msg }) => msg.startsWith('Cannot enrol'));
    await vi.waitUntil(() => server.enrolments.length >= 3, PATIENCE);
    expect(said().map(({ msg }) => msg)).toEqual([
      `Cannot enrol at ${server.url}: the server refuses the enrol secret; it keeps trying`,
    ]);
    server.admit(agent.folder);
    await vi.waitUntil(() => server.checkIns.length > 0, PATIENCE);
    expect(JSON.stringify(agent.log())).not.toContain(server.secret);
  });

  it('leaves a server alone for as long as it asks', async () => {
    const server = await fakeServer();
    const agent = startAgent(server);
    await vi.waitUntil(() => server.checkIns.length > 0, PATIENCE);
    server.instead.checkIn = (_request, response) => {
      response.setHeader('retry-after', '90');
      json(response, 503, { error: 'temporarily unavailable' });
    };
    const pause = () => agent.log().find(({ msg }) => msg === 'could not check in')?.pauseSeconds;
    expect(await vi.waitUntil(pause, PATIENCE)).toBeGreaterThan(90);
  });

  it('keeps answers for a server that is away, also over its own death', async () => {
    const server = await fakeServer();
    const agent = startAgent(server);
    await vi.waitUntil(() => server.checkIns.length > 0, PATIENCE);
    server.queries = { 'a:1': 'select 1 as a', 'b:1': 'select nope' };
    await vi.waitUntil(() => Object.keys(server.queries).length === 0, PATIENCE);
    server.instead.checkIn = (_request, response) => response.destroy();
    const kept = () => readdirSync(join(agent.folder, 'answers')).filter((file) => file.endsWith('.answers'));
    await vi.waitUntil(() => kept().length > 0, PATIENCE);
    await agent.kill();
    server.instead = {};
    agent.start();
    await vi.waitUntil(() => server.answers.size === 2, PATIENCE);
    expect(server.checkIns.find(({ answers }) => answers)).toMatchObject({ started: true });
    await vi.waitUntil(() => kept().length === 0, PATIENCE);
    expect(agent.log().filter(({ msg }) => msg === 'queries ran')).toHaveLength(1);
  });

  it('says that a query ended its osquery, and does not run it again, also after a restart', async () => {
    const server = await fakeServer();
    const hungry = `with recursive c(x) as (select 1 union all select x+1 from c where x < 1000)
      select length(group_concat(hex(zeroblob(450000)))) from c`;
    server.queries = { 'one:1': 'select 1 as a', 'hungry:1': hungry, 'two:1': 'select 2 as a' };
    const agent = startAgent(server);
    await vi.waitUntil(() => server.answers.size === 3, PATIENCE);
    expect(server.answers.get('hungry:1')).toMatchObject({
      status: 1,
      message: expect.stringMatching(
        /^this query ended osquery: it took more than 1024 MiB of memory; it is denied until/,
      ),
    });
    expect(server.answers.get('two:1')).toMatchObject({ status: 0, rows: [{ a: '2' }] });
    await agent.stop();
    server.queries = { 'hungry:2': hungry, 'two:2': 'select 2 as a' };
    agent.start();
    await vi.waitUntil(() => server.answers.size === 5, PATIENCE);
    expect(server.answers.get('hungry:2')).toMatchObject({
      status: 1,
      message: expect.stringMatching(
        /^denied after it ended osquery \(it took more than 1024 MiB of memory\), until 20/,
      ),
    });
    expect(server.answers.get('two:2')).toMatchObject({ status: 0 });
  });

  it('takes over CAs that the server proves itself by, and no others', async () => {
    const [server, other] = await Promise.all([fakeServer(), makeCertificates()]);
    const agent = startAgent(server);
    const trusted = () => readFileSync(join(agent.folder, 'server-ca.pem'), 'utf8');
    server.cas = `${server.certificates.ca}\n${other.ca}\n`;
    await vi.waitUntil(() => trusted() === server.cas, PATIENCE);
    server.cas = other.ca;
    const refusals = () => agent.log().filter(({ msg }) => msg === 'the new CAs are not taken');
    await vi.waitUntil(() => refusals().length === 1, PATIENCE);
    expect(refusals()[0]?.reason).toBe('its certificate is not from the CA that this host trusts');
    const before = server.checkIns.length;
    await vi.waitUntil(() => server.checkIns.length >= before + 2, PATIENCE);
    expect(trusted()).toContain(server.certificates.ca);
    expect([server.enrolments.length, refusals().length]).toEqual([1, 1]);
  });

  it.each([
    ['is from another CA', {}, /not from the CA/],
    ['is for another name', { name: 'example.org' }, /another name/],
    ['has expired', { isExpired: true }, /expired/],
  ])('sends nothing to a server whose certificate %s', async (_title, options, reason) => {
    const [server, trusted] = await Promise.all([fakeServer(options), fakeServer()]);
    const agent = startAgent(server, { isAdmitted: false });
    (/not from/.test(String(reason)) ? trusted : server).admit(agent.folder);
    await vi.waitUntil(() => server.heard.connections >= 2, PATIENCE);
    await vi.waitUntil(() => agent.log().some(({ msg }) => reason.test(msg)), PATIENCE);
    expect(server.heard.bytes).toBe(0);
    expect(existsSync(join(agent.folder, 'node-key'))).toBe(false);
  });
});
