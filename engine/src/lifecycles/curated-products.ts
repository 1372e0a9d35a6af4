/**
 * Software that is a product by what it is called: identifiers of the list name packages of few kinds only. Packages of a
 * distribution are not here, but for those whose maker packs them: a distribution mends what it brings for as long as itself
 * lasts, whatever the maker says.
 */
export interface CuratedProduct {
  product: string;
  /** The table of the inventory. */
  source: 'apps' | 'programs' | 'homebrew_packages' | 'deb_packages' | 'rpm_packages';
  /** Of apps the bundle identifier; else the name, whole. */
  name: RegExp;
  /** Marks of the maker's own packages, in version and release. */
  mark?: RegExp;
  /** Where the number is that tells the cycle; the version unless said otherwise. */
  versionIn?: 'name';
  why: string;
  link: string;
}

const app = (product: string, name: RegExp, link: string): CuratedProduct => ({
  product,
  source: 'apps',
  name,
  why: 'the bundle identifier is the product',
  link,
});
const program = (product: string, name: RegExp, link: string): CuratedProduct => ({
  product,
  source: 'programs',
  name,
  why: 'the installer writes this name',
  link,
});
const brew = (product: string, name: RegExp): CuratedProduct => ({
  product,
  source: 'homebrew_packages',
  name,
  why: 'the formula is called otherwise than the product',
  link: 'https://formulae.brew.sh/formula/',
});
/** Packages by the maker for both kinds of distributions. */
const packed = (product: string, link: string, of: Pick<CuratedProduct, 'name' | 'mark'> & { why: string }) =>
  (['deb_packages', 'rpm_packages'] as const).map((source): CuratedProduct => ({ product, source, link, ...of }));
const namedByNone = 'no distribution has a package of this name';

/** As found on 2026-11-24. */
export const curatedProducts: readonly CuratedProduct[] = [
  app('chrome', /^com\.google\.Chrome$/, 'https://chromiumdash.appspot.com/schedule'),
  app('firefox', /^org\.mozilla\.firefox$/, 'https://whattrainisitnow.com/calendar/'),
  app('libreoffice', /^org\.libreoffice\.script$/, 'https://wiki.documentfoundation.org/ReleasePlan'),
  app('virtualbox', /^org\.virtualbox\.app\.VirtualBox$/, 'https://www.virtualbox.org/wiki/Download_Old_Builds'),
  app('wireshark', /^org\.wireshark\.Wireshark$/, 'https://wiki.wireshark.org/Development/LifeCycle'),
  app('filemaker', /^com\.filemaker\.client\.(?:pro|advanced)\d*$/, 'https://support.claris.com/'),
  app('blender', /^org\.blenderfoundation\.blender$/, 'https://www.blender.org/download/lts/'),

  program('chrome', /^Google Chrome$/, 'https://chromiumdash.appspot.com/schedule'),
  program('firefox', /^Mozilla Firefox(?: ESR)? ?\([^)]*\)$/, 'https://whattrainisitnow.com/calendar/'),
  program('nodejs', /^Node\.js$/, 'https://nodejs.org/en/about/previous-releases'),
  program('python', /^Python \d[\d.]* \((?:32|64)-bit\)$/, 'https://devguide.python.org/versions/'),
  program('postgresql', /^PostgreSQL \d[\d.]*(?: \(x86\))?$/, 'https://www.postgresql.org/support/versioning/'),
  program('mysql', /^MySQL Server \d[\d.]*$/, 'https://www.mysql.com/support/'),
  program('mariadb', /^MariaDB \d[\d.]* \(x64\)$/, 'https://mariadb.org/about/#maintenance-policy'),
  program('mongodb', /^MongoDB \d[\d.]* .*\(64 bit\)$/, 'https://www.mongodb.com/legal/support-policy/lifecycles'),
  program('libreoffice', /^LibreOffice \d[\d.]*$/, 'https://wiki.documentfoundation.org/ReleasePlan'),
  program('notepad-plus-plus', /^Notepad\+\+ \((?:32|64)-bit [^)]*\)$/, 'https://notepad-plus-plus.org/downloads/'),
  program(
    'wireshark',
    /^Wireshark \d[\d.]* (?:x64|arm64|64-bit|32-bit)$/,
    'https://wiki.wireshark.org/Development/LifeCycle',
  ),
  program('virtualbox', /^Oracle (?:VM )?VirtualBox \d[\d.]*$/, 'https://www.virtualbox.org/wiki/Download_Old_Builds'),
  program(
    'openvpn',
    /^OpenVPN \d\S* (?:amd64|arm64|x86)$/,
    'https://community.openvpn.net/openvpn/wiki/SupportedVersions',
  ),
  program(
    'powershell',
    /^PowerShell 7-(?:x64|x86|arm64)$/,
    'https://learn.microsoft.com/powershell/scripting/install/',
  ),
  program(
    'visual-studio',
    /^Visual Studio (?:Community|Professional|Enterprise|Build Tools) \d{4}$/,
    'https://learn.microsoft.com/visualstudio/productinfo/vs-servicing',
  ),
  program(
    'mssqlserver',
    /^Microsoft SQL Server \d{4}(?: R2)? \((?:64|32)-bit\)$/,
    'https://learn.microsoft.com/lifecycle/products/',
  ),
  program(
    'oracle-jdk',
    /^Java(?:\(TM\))? (?:\d+ Update \d+|SE Development Kit [\d.]+)(?: \(64-bit\))?$/,
    'https://www.oracle.com/java/technologies/java-se-support-roadmap.html',
  ),
  program(
    'eclipse-temurin',
    /^Eclipse Temurin (?:JDK|JRE) with Hotspot \S+ \((?:x64|x86|aarch64)\)$/,
    'https://adoptium.net/support/',
  ),
  program(
    'microsoft-build-of-openjdk',
    /^Microsoft Build of OpenJDK with Hotspot \S+ \(x64\)$/,
    'https://learn.microsoft.com/java/openjdk/support',
  ),
  {
    ...program(
      'office',
      /^Microsoft Office (?:Professional Plus|Standard|Home and Business|LTSC \S+ \S+) \d{4}(?: - [\w-]+)?$/,
      'https://learn.microsoft.com/lifecycle/products/',
    ),
    versionIn: 'name',
    why: 'the installer writes this name; the version is 16 for all since 2016, so the year tells',
  },
  {
    ...program(
      'dotnet',
      /^Microsoft \.NET (?:Core )?(?:Runtime|Host) - \d[\d.]* .*$/,
      'https://dotnet.microsoft.com/platform/support/policy',
    ),
    versionIn: 'name',
    why: 'the installer writes this name; its version has the bits of the processor in front',
  },
  {
    ...program('go', /^Go Programming Language \S+ go\d[\d.]*$/, 'https://go.dev/doc/devel/release#policy'),
    why: 'the installer writes this name',
  },

  brew('nodejs', /^node(?:@\d+)?$/),
  brew('postgresql', /^postgresql(?:@[\d.]+)?$/),
  brew('python', /^python(?:@[\d.]+)?$/),
  brew('kubernetes', /^kubernetes-cli$/),
  brew('mongodb', /^mongodb-community(?:@[\d.]+)?$/),

  ...packed('nodejs', 'https://github.com/nodesource/distributions', {
    name: /^nodejs$/,
    mark: /nodesource/,
    why: 'packages of NodeSource say so',
  }),
  ...packed('postgresql', 'https://www.postgresql.org/download/', {
    name: /^postgresql-?\d+(?:-server)?$/,
    mark: /pgdg/i,
    why: 'packages of the PostgreSQL project say so',
  }),
  ...packed('docker-engine', 'https://docs.docker.com/engine/install/', { name: /^docker-ce$/, why: namedByNone }),
  ...packed('chrome', 'https://www.google.com/linuxrepositories/', {
    name: /^google-chrome-stable$/,
    why: namedByNone,
  }),
  ...packed('mongodb', 'https://www.mongodb.com/docs/manual/administration/install-on-linux/', {
    name: /^mongodb-(?:org|enterprise)-server$/,
    why: namedByNone,
  }),
  ...packed('mysql', 'https://dev.mysql.com/downloads/repo/', { name: /^mysql-community-server$/, why: namedByNone }),
  ...packed('mariadb', 'https://mariadb.org/download/', {
    name: /^(?:mariadb-server|MariaDB-server)$/,
    mark: /\+maria~|^\d+\.el\d+$/,
    why: 'packages of the MariaDB foundation say so',
  }),
  ...packed('php', 'https://deb.sury.org/', {
    name: /^php(?:\d[\d.]*)?-(?:cli|fpm|common)$/,
    mark: /deb\.sury\.org|\.remi\b/,
    why: 'packages of these repositories say so; they follow the PHP project',
  }),
  ...packed('nginx', 'https://nginx.org/en/linux_packages.html', {
    name: /^nginx$/,
    mark: /^\d[\d.]*-\d+~[a-z]+$|\.ngx$/,
    why: 'packages of nginx.org say so',
  }),
  {
    product: 'redis',
    source: 'deb_packages',
    name: /^redis-server$/,
    mark: /-\d+rl\d/,
    why: 'packages of Redis say so',
    link: 'https://redis.io/docs/latest/operate/oss_and_stack/install/',
  },
  ...packed('eclipse-temurin', 'https://adoptium.net/installation/linux/', {
    name: /^temurin-\d+-(?:jdk|jre)$/,
    why: namedByNone,
  }),
  ...packed('microsoft-build-of-openjdk', 'https://learn.microsoft.com/java/openjdk/install', {
    name: /^msopenjdk-\d+$/,
    why: namedByNone,
  }),
  ...packed('powershell', 'https://learn.microsoft.com/powershell/scripting/install/', {
    name: /^powershell$/,
    why: namedByNone,
  }),
  ...packed('kubernetes', 'https://kubernetes.io/releases/', {
    name: /^kubelet$/,
    mark: /^\d[\d.]*-[\d.]+$|^\d+(?:\.\d+)*$/,
    why: namedByNone,
  }),
  ...packed('splunk', 'https://www.splunk.com/', { name: /^splunk$/, why: namedByNone }),
];
