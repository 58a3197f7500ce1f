import { networkInterfaces } from 'node:os';

/** Where media is received: the address to listen on, and the one to tell browsers where it differs (behind NAT). */
export interface MediaAddress {
  ip: string;
  announcedAddress?: string;
}

/** Every IPv4 address that this machine has now, the loopback one last: candidates are tried in order. */
export function localMediaAddresses(): MediaAddress[] {
  const all = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter((entry) => entry.family === 'IPv4');
  return all.sort((a, b) => Number(a.internal) - Number(b.internal)).map((entry) => ({ ip: entry.address }));
}

/**
 * Reads MEDIA_ADDRESS: a comma list of addresses of this machine, each `ip` or `ip=announced`. A single address that the machine
 * does not have (the public one of a NAT or a container) means: listen on all, announce this.
 * @throws Error that says what is wrong with which part
 */
export function parseMediaAddresses(text: string): MediaAddress[] {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  const own = new Set(['0.0.0.0', '::', ...localMediaAddresses().map(({ ip }) => ip), ...localIpv6()]);
  return parts.map((part) => {
    const [ip = '', announcedAddress, ...rest] = part.split('=');
    if (rest.length > 0 || announcedAddress === '')
      throw new Error(`MEDIA_ADDRESS: "${part}" is not ip or ip=announced`);
    if (announcedAddress) return { ip, announcedAddress };
    if (own.has(ip)) return { ip };
    if (parts.length === 1) return { ip: '0.0.0.0', announcedAddress: ip };
    throw new Error(`MEDIA_ADDRESS: ${ip} is not an address of this machine; write <own address>=${ip}`);
  });
}

function localIpv6(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter((entry) => entry.family === 'IPv6')
    .map((entry) => entry.address);
}
