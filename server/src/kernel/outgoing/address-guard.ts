import { BlockList, isIP } from 'node:net';

/** Addresses that no public service has: the machine itself, private and shared networks, link-local with the metadata of clouds. */
const NOT_PUBLIC = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4'],
  // The last two hold an IPv4 address within: translated, and of a tunnel.
  ...['::/128', '::1/128', 'fc00::/7', 'fe80::/10', 'ff00::/8', '64:ff9b::/96', '2002::/16'],
];

/** Says of an address why nothing is sent there; null where it may be. */
export type AddressGuard = (address: string) => string | null;

/** Only public addresses may be sent to, and those in `allowed`: networks like `10.1.0.0/16`, or single addresses. */
export function createAddressGuard(allowed: readonly string[]): AddressGuard {
  const [refused, excepted] = [listOf(NOT_PUBLIC), listOf(allowed)];
  return (address) => {
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (excepted.check(address, family) || !refused.check(address, family)) return null;
    return `${address} is not a public address: refused, as FLOTILLA_ALLOWED_NETWORKS does not name it`;
  };
}

/** Whether a text is a network or an address that the guard understands. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32));
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  return list;
}
