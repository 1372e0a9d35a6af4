import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { fail } from './launch.js';
import { runHere } from './run-program.js';

/** Debian packages that some tests need, and a file that shows that each is there. */
const PACKAGES = {
  chromium: ['/usr/bin/chromium'],
  'fonts-liberation': ['/usr/share/fonts/truetype/liberation', '/usr/share/fonts/truetype/liberation2'],
  rpm: ['/usr/bin/rpmbuild'],
  postgresql: debianServers(),
  'dpkg-dev': ['/usr/bin/dpkg-buildpackage'],
};

const CLUSTER_SETTINGS = '/etc/postgresql-common/createcluster.conf';

function debianServers() {
  const parent = '/usr/lib/postgresql';
  return existsSync(parent) ? readdirSync(parent).map((version) => `${parent}/${version}/bin/postgres`) : [];
}

const missing = Object.entries(PACKAGES)
  .filter(([, signs]) => !signs.some((path) => existsSync(path)))
  .map(([name]) => name);
const install = ['install', '--yes', '--no-install-recommends', ...missing];

async function apt(args) {
  // The second keeps the file that `keepClustersAway` wrote.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', UCF_FORCE_CONFFOLD: '1' };
  return (await runHere('apt-get', ['--quiet', ...args], { env })) === 0;
}

/** Installing a PostgreSQL would otherwise make a cluster and start it; the tests make their own. */
function keepClustersAway() {
  if (existsSync(CLUSTER_SETTINGS)) return;
  mkdirSync('/etc/postgresql-common', { recursive: true });
  writeFileSync(CLUSTER_SETTINGS, 'create_main_cluster = false\n');
}

if (missing.length === 0) {
  console.log('Everything the tests need from the system is installed.');
} else if (!existsSync('/usr/bin/apt-get')) {
  fail(`This is not a Debian system: install what Debian calls ${missing.join(', ')}`);
} else if (process.getuid() !== 0) {
  fail(`Missing: ${missing.join(', ')}. Run this once: sudo ${process.execPath} ${process.argv[1]}`);
} else {
  if (missing.includes('postgresql')) keepClustersAway();
  // The lists of packages may be absent or old.
  const installed = (await apt(install)) || ((await apt(['update'])) && (await apt(install)));
  if (!installed) fail(`apt-get could not install ${missing.join(', ')}`);
}
