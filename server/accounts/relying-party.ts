import { isIP } from 'node:net';

/** As whom authenticators know this server (WebAuthn level 3 section 4, "Relying Party Identifier"). */
export interface RelyingParty {
  /** The host alone, without its port. */
  rpId: string;
  /** Which page may ask. */
  origin: string;
}

/**
 * @param origin of the request, by the server's own rules and never by what a body says.
 * @returns null where no browser would make or use a key: at a bare IP address, or in the clear elsewhere than on the machine itself.
 */
export function relyingPartyOf(origin: string): RelyingParty | null {
  if (!URL.canParse(origin)) return null;
  const { protocol, hostname: rpId, origin: normal } = new URL(origin);
  const isLocal = rpId === 'localhost' || rpId.endsWith('.localhost');
  const isAddress = isIP(rpId.replace(/^\[|\]$/g, '')) !== 0;
  return rpId !== '' && !isAddress && (protocol === 'https:' || isLocal) ? { rpId, origin: normal } : null;
}
