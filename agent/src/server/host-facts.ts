import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** What a host says of itself when it enrols; its inventory says more. Unknown is empty. */
export interface HostFacts {
  hostname: string;
  computer_name: string;
  platform: string;
  platform_like: string;
  hardware_serial: string;
  hardware_model: string;
}

const OS_NAMES: Partial<Record<NodeJS.Platform, string>> = { darwin: 'darwin', win32: 'windows' };

export function readHostFacts(): HostFacts {
  const release = process.platform === 'linux' ? readOsRelease(read('/etc/os-release')) : {};
  return {
    hostname: hostname(),
    computer_name: hostname(),
    // As osquery names them.
    platform: release.ID ?? OS_NAMES[process.platform] ?? process.platform,
    platform_like: release.ID_LIKE ?? release.ID ?? OS_NAMES[process.platform] ?? '',
    hardware_serial: read('/sys/class/dmi/id/product_serial').trim(),
    hardware_model: read('/sys/class/dmi/id/product_name').trim(),
  };
}

/** The lines `NAME=value` of an os-release file; the value may stand in quotes. */
export function readOsRelease(text: string): Record<string, string> {
  const lines = text.matchAll(/^([A-Z_0-9]+)=(["']?)(.*)\2$/gm);
  return Object.fromEntries([...lines].map(([, name = '', , value = '']) => [name, value]));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
