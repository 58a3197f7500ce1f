import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';

/** Where an attempt comes from. */
export interface Origin {
  address: string;
  /** The secret of the browser's own device cookie; a machine client has none. */
  device?: string | undefined;
  /** As {@link browserOf} says it. */
  browser?: string | null;
}

/** One household or ward has one IPv4 address, or the 64 leading bits of an IPv6 one (RFC 4291 section 2.5.4). */
export function sourceOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address.replace('::ffff:', '');
  const [head = '', tail = ''] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const rest = tail.split(':').filter(Boolean);
  const zeros = address.includes('::') ? Array<string>(8 - groups.length - rest.length).fill('0') : [];
  return [...groups, ...zeros, ...rest].slice(0, 4).join(':');
}

/** What a person needs to tell a place of theirs from another's: `10.1.2.*`, or 64 bits of IPv6. Null: no address at all. */
export function addressRangeOf(address: string): string | null {
  const source = sourceOf(address);
  if (source === '') return null;
  return source.includes(':') ? `${source}::` : source.replace(/\.\d+$/, '.*');
}

/** The first that fits: most browsers name Chrome and Safari as well. */
const BROWSERS: [name: string, sign: RegExp][] = [
  ['Edge', /\bEdgA?\//],
  ['QQ', /\bM?QQBrowser\//],
  ['WeChat', /\bMicroMessenger\//],
  ['UC', /\bUC?Browser\//],
  ['Firefox', /\bFirefox\//],
  ['Chrome', /Chrome\//],
  ['Safari', /\bSafari\//],
];
const SYSTEMS: [name: string, sign: RegExp][] = [
  ['Windows', /Windows NT/],
  ['HarmonyOS', /HarmonyOS|OpenHarmony/],
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
];

/** `Edge · Windows`: family and system, nothing that tells two computers apart. Null where neither is known. */
export function browserOf(userAgent: string | undefined): string | null {
  const find = (known: [string, RegExp][]) => known.find(([, sign]) => sign.test(userAgent ?? ''))?.[0];
  const words = [find(BROWSERS), find(SYSTEMS)].filter((word) => word !== undefined);
  return words.length === 0 ? null : words.join(' · ');
}

/** A key under which something is counted, from which neither name nor address can be read. */
export function attemptKey(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

/** Under which everything is kept that was counted with this name. */
export function loginKeyOf(login: string): string {
  return attemptKey('login', login);
}

/** One name however it is typed. */
export function normalizeLogin(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}
