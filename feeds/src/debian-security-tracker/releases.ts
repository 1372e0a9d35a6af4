/** Numbers of Debian's releases by code name: https://www.debian.org/releases/, 2026-11-23. */
const releaseNumbers: Readonly<Record<string, number>> = {
  jessie: 8,
  stretch: 9,
  buster: 10,
  bullseye: 11,
  bookworm: 12,
  trixie: 13,
};

/** `bookworm` → `debian-12`. A release without a number, as `sid` or the one in the making, goes by its code name. */
export function contextOfRelease(codename: string): string | null {
  if (!/^[a-z]+$/.test(codename)) return null;
  return `debian-${Object.hasOwn(releaseNumbers, codename) ? releaseNumbers[codename] : codename}`;
}
