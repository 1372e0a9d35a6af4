/** Names that package archives really have, the best known first; others are made of them. */
const stems =
  'bash openssl curl perl zlib glibc coreutils tar gzip systemd dbus sed grep gawk util-linux shadow pam apt gnupg git openssh sudo vim nano less wget rsync cron logrotate rsyslog python3 sqlite readline ncurses expat xml2 xslt yaml jansson ssh2 nghttp2 krb5 sasl ldap gnutls nettle gmp mpfr tasn1 idn2 unistring psl brotli lz4 zstd bzip2 lzma archive elf dw unwind cap-ng seccomp apparmor selinux audit kmod udev lvm2 mdadm cryptsetup parted grub efivar nftables iptables iproute2 ethtool tcpdump nmap bind9 dnsmasq chrony postfix dovecot nginx apache2 haproxy squid redis memcached postgresql mysql mariadb mongodb rabbitmq docker containerd runc podman buildah qemu libvirt ceph glusterfs nfs samba cups avahi bluez alsa pulseaudio pipewire wayland xorg mesa drm cairo pango gtk qt6 glib gobject freetype fontconfig harfbuzz png jpeg tiff webp heif poppler ghostscript imagemagick ffmpeg gstreamer vlc firefox chromium thunderbird libreoffice java openjdk maven ruby php nodejs golang rust llvm clang gcc binutils gdb make cmake ninja meson autoconf automake libtool bison flex swig boost icu protobuf grpc thrift zeromq event uv ev tcl tk lua guile erlang elixir haskell ocaml'.split(
    ' ',
  );

const pythonNames =
  'pip setuptools wheel requests urllib3 certifi idna charset-normalizer six python-dateutil PyYAML numpy pandas cryptography cffi pycparser Jinja2 MarkupSafe click Flask Werkzeug itsdangerous Django sqlparse asgiref boto3 botocore s3transfer jmespath attrs packaging pyparsing pytz tzdata typing-extensions importlib-metadata zipp lxml beautifulsoup4 soupsieve Pillow scipy matplotlib paramiko bcrypt PyNaCl ansible-core resolvelib jsonschema psutil distro netaddr pyOpenSSL rsa pyasn1 google-auth protobuf grpcio SQLAlchemy greenlet alembic psycopg2 redis celery kombu gunicorn uvicorn fastapi pydantic starlette httpx httpcore anyio sniffio h11 tornado ipython'.split(
    ' ',
  );

const npmNames =
  'npm corepack semver minimatch glob lru-cache yallist minipass debug ms chalk ansi-styles supports-color strip-ansi string-width wrap-ansi color-convert color-name inherits once wrappy rimraf mkdirp which isexe cross-spawn path-key signal-exit tar chownr graceful-fs nopt abbrev ini proc-log ssri cacache make-fetch-happen http-proxy-agent https-proxy-agent agent-base socks ip-address pm2 typescript yarn pnpm eslint prettier nodemon express axios lodash'.split(
    ' ',
  );

/** Fills a list of names up to `count` with pairs of its first ones. */
function fill(first: string[], count: number, joint: string): string[] {
  const names = new Set(first);
  for (let distance = 1; names.size < count; distance += 1) {
    for (let place = 0; place < first.length && names.size < count; place += 1) {
      names.add(`${first[place]}${joint}${first[(place + distance) % first.length]}`);
    }
  }
  return [...names];
}

/** A source package and the packages built from it. */
export interface SourceName {
  source: string;
  binaries: string[];
}

/** What one source gives: libraries bring a `lib…` package of their own, some programs come with data or documents. */
export function sourceNames(count: number): SourceName[] {
  return fill(stems, count, '-').map((source, place) => {
    const also = [
      `lib${source}${1 + (place % 7)}`,
      `lib${source}-dev`,
      `${source}-common`,
      `${source}-utils`,
      `python3-${source}`,
    ];
    return { source, binaries: [source, ...also.slice(0, place % 6)] };
  });
}

export const pythonPackageNames = (count: number) => fill(pythonNames, count, '-');
export const npmPackageNames = (count: number) => fill(npmNames, count, '-');
