import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Advisory } from '@flotilla/engine/advisories/advisory';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { beforeAll, describe, expect, test } from 'vitest';
import { deb, enrolHost } from '../../testing/test-host.ts';
import { createTestServer, read, type TestServer } from '../../testing/test-server.ts';
import { judgeWanted, storeFeed } from '../../vulnerabilities/index.ts';

/** The official schema with those it refers to. */
const schemas = join(
  dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')),
  'res/schema',
);
const schema = (name: string) => JSON.parse(readFileSync(join(schemas, `${name}.SNAPSHOT.schema.json`), 'utf8'));

function createValidator() {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // Formats of addresses in other alphabets, which ajv does not check.
  for (const name of ['iri-reference', 'idn-email']) ajv.addFormat(name, true);
  for (const name of ['jsf-0.82', 'spdx']) {
    ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  return ajv.compile(schema('bom-1.6'));
}

interface Bill {
  metadata: { component: object };
  components: {
    type: string;
    'bom-ref': string;
    name: string;
    purl?: string;
    properties: { name: string; value: string }[];
  }[];
  vulnerabilities?: { id: string; recommendation?: string; affects: { ref: string }[] }[];
}

const UBUNTU = {
  name: 'Ubuntu',
  version: '22.04.5 LTS',
  major: '22',
  minor: '4',
  platform: 'ubuntu',
  platform_like: 'debian',
  codename: 'jammy',
  arch: 'x86_64',
};

let server: TestServer;
let token: string;
const endings: (() => Promise<void> | void)[] = [];

async function file(path: string) {
  await read(server, token, '/api/v1/fleet/software/versions');
  const url = `/api/v1/flotilla/export/${path}`;
  const response = await server.app.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } });
  return { status: response.statusCode, headers: response.headers, body: response.body };
}

describe('exports', () => {
  beforeAll(async () => {
    server = await createTestServer({ atEnd: (cleanUp) => void endings.push(cleanUp) });
    token = await server.setUp();
    await storeFeed(server.system, 'debian-security-tracker', advisories());
    const one = await enrolHost(server, 'one');
    await one.report({
      deb_packages: [
        { name: 'libssl3', version: '3.0.11-1~deb12u2', source_package: 'openssl', arch: 'amd64' },
        deb('=cmd|calc', '1:2.0+x'),
      ],
      npm_packages: [{ name: '@angular/core', version: '14.0.1', path: '/a' }],
    });
    await (await enrolHost(server, 'two', UBUNTU)).report({
      deb_packages: [{ name: 'libssl3', version: '3.0.11-1~deb12u2', source_package: 'openssl', arch: 'amd64' }],
    });
    await judgeWanted(server.system);
    return async () => {
      for (const cleanUp of endings.reverse()) await cleanUp();
    };
  });

  test('a table holds exactly what the list finds, and no cell runs in a spreadsheet', async () => {
    const { status, headers, body } = await file('software-versions?order_key=name');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toContain('software-versions.csv');
    const lines = body.trimEnd().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^id,name,version,release,arch,source,/);
    expect(lines[1]).toMatch(/^\d+,'=cmd\|calc,1:2\.0\+x,/);
    expect(lines[3]).toMatch(/,libssl3,3\.0\.11-1~deb12u2,.*,2,1,CVE-2026-1,/);
    expect((await file('software-versions?query=angular')).body.trimEnd().split('\r\n')).toHaveLength(2);
  });

  test('JSON is one array of the rows of the list', async () => {
    const { body, headers } = await file('software-versions?format=json&order_key=name');
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    const { software } = await read<{ software: object[] }>(
      server,
      token,
      '/api/v1/fleet/software/versions?order_key=name',
    );
    expect(JSON.parse(body)).toMatchObject(software);
    expect((await file('software-versions?format=json&query=no-such-thing')).body).toBe('[]\n');
  });

  test('titles, hosts, their software and vulnerabilities are files too', async () => {
    expect((await file('software-titles?format=json')).body).toContain('"name":"libssl3"');
    expect((await file('software-titles')).body.trimEnd().split('\r\n')).toHaveLength(4);
    const hosts = await file('hosts?query=two');
    expect(hosts.body.trimEnd().split('\r\n')).toMatchObject([/^id,display_name,hostname,/, /^2,two,two,/]);
    const software = await file('host-software');
    expect(software.body.match(/\r\n/g)).toHaveLength(7);
    expect((await file('host-software?host_id=2&format=json')).body).toMatch(
      /^\[\n\{"host_id":2,"host":"two",[\s\S]*\}\n\]\n$/,
    );
    expect((await file('vulnerabilities')).body).toContain('\r\nCVE-2026-1,1,');
    expect(JSON.parse((await file('vulnerabilities?format=json&query=9999')).body)).toEqual([]);
  });

  test('the bill of materials of a host is valid CycloneDX with what was found', async () => {
    const { body, headers } = await file('host-software?host_id=1&format=cyclonedx&include=vulnerabilities');
    expect(headers['content-type']).toBe('application/vnd.cyclonedx+json; version=1.6');
    const bill = JSON.parse(body) as Bill;
    const validate = createValidator();
    validate(bill);
    expect(validate.errors).toBeNull();
    expect(bill.metadata.component).toEqual({ type: 'device', 'bom-ref': 'host-1', name: 'one' });
    expect(bill.components.map((one) => one.purl ?? one.type).sort()).toEqual([
      'operating-system',
      'pkg:deb/debian/%3Dcmd%7Ccalc@1:2.0%2Bx?arch=amd64&distro=debian-12',
      'pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=debian-12&upstream=openssl',
      'pkg:generic/Linux%20kernel@6.1.0-18-amd64',
      'pkg:npm/%40angular/core@14.0.1',
    ]);
    const [found] = bill.vulnerabilities ?? [];
    expect(found).toMatchObject({ id: 'CVE-2026-1', recommendation: 'Fixed in 3.0.11-1~deb12u3' });
    const libssl = bill.components.find((one) => one.name === 'libssl3');
    expect(found?.affects).toEqual([{ ref: libssl?.['bom-ref'] }]);
  });

  test('the bill of a filter tells distributions apart and how many hosts there are', async () => {
    const { body } = await file('software-versions?format=cyclonedx&include=vulnerabilities&query=libssl');
    const bill = JSON.parse(body) as Bill;
    const validate = createValidator();
    validate(bill);
    expect(validate.errors).toBeNull();
    expect(bill.components.map((one) => one.purl)).toEqual([
      'pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=debian-12&upstream=openssl',
      'pkg:deb/ubuntu/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=ubuntu-22.04&upstream=openssl',
    ]);
    expect(bill.components[0]?.properties).toContainEqual({ name: 'flotilla:hosts', value: '2' });
    expect(bill.vulnerabilities?.map((one) => one.affects.length)).toEqual([1]);
    const empty = JSON.parse((await file('software-versions?format=cyclonedx&query=no-such-thing')).body) as Bill;
    validate(empty);
    expect([validate.errors, empty.components]).toEqual([null, []]);
  });

  test('what cannot be exported is refused like any other request, and holds nothing', async () => {
    const reason = async (path: string) => {
      const { status, body } = await file(path);
      const { errors } = JSON.parse(body) as { errors: { name: string; reason: string }[] };
      return [status, errors[0]?.name];
    };
    for (let times = 0; times < 4; times += 1) {
      expect(await reason('host-software?format=cyclonedx')).toEqual([400, 'host_id']);
      expect(await reason('host-software?host_id=99')).toEqual([404, 'base']);
      expect(await reason('software-versions?include=vulnerabilities')).toEqual([400, 'include']);
      expect(await reason('software-versions?fleet_id=77')).toEqual([404, 'base']);
      expect(await reason('software-versions?exploit=true')).toEqual([400, 'exploit']);
    }
    expect((await file('hosts')).status).toBe(200);
  });

  test('more rows than one page has are all there, once', async () => {
    const many = Array.from({ length: 2_300 }, (_, index) => deb(`package-${index}`));
    await (await enrolHost(server, 'three')).report({ deb_packages: many });
    const rows = JSON.parse((await file('software-versions?format=json&query=package-')).body) as { name: string }[];
    expect(new Set(rows.map((row) => row.name)).size).toBe(2_300);
    expect(rows).toHaveLength(2_300);
  });
});

async function* advisories() {
  const advisory: Advisory = {
    feed: 'debian-security-tracker',
    id: 'openssl/CVE-2026-1',
    vulnerabilities: ['CVE-2026-1'],
    aliases: [],
    affected: [
      {
        key: 'deb:debian-12:openssl',
        scheme: 'dpkg',
        statement: 'ranges',
        ranges: [{ fixed: '3.0.11-1~deb12u3' }],
      },
    ],
  };
  yield { advisory };
}
