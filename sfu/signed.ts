import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a signed text is for. Part of what is signed, so that one kind never passes for the other. */
type Purpose = 'huizhen-room+jwt' | 'huizhen-control+jwt' | 'huizhen-pipe+jwt';

/** JWS compact serialization with HMAC-SHA-256 (RFC 7515 section 7.1, RFC 7518 section 3.2). */
export function sign(purpose: Purpose, payload: object, secret: string): string {
  const text = `${headerOf(purpose)}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}`;
  return `${text}.${mac(text, secret).toString('base64url')}`;
}

/**
 * The payload of a signed text, or undefined where it is malformed, altered, for another purpose or signed with another secret.
 * The header must be, byte for byte, the one that {@link sign} writes: no algorithm is ever taken from the text.
 */
export function openSigned(purpose: Purpose, signed: string, secret: string): unknown {
  const [header, payload, signature, ...rest] = signed.split('.');
  if (header !== headerOf(purpose) || !payload || !signature || rest.length > 0) return undefined;
  const given = Buffer.from(signature, 'base64url');
  const wanted = mac(`${header}.${payload}`, secret);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function headerOf(purpose: Purpose): string {
  return Buffer.from(JSON.stringify({ alg: 'HS256', typ: purpose })).toString('base64url');
}

function mac(text: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(text).digest();
}
