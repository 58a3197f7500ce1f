/** Encrypts text for this browser's store, so that only the same person, signed in again, can read it. */
export interface Seal {
  /** @param subject what the text belongs to; opening it as another's fails. */
  close(text: string, subject: string): Promise<string>;
  /** undefined where it was closed with another key or for another subject, or is damaged. */
  open(closed: string, subject: string): Promise<string | undefined>;
}

/** NIST SP 800-38D section 8.2.2: a random nonce of 96 bits, new for each text. */
const NONCE_BYTES = 12;

/**
 * AES-256-GCM. undefined where the browser has no Web Crypto: on a page loaded without TLS.
 * @param draftKey 32 bytes, base64url, of `SessionView.draftKey`.
 */
export function createSeal(draftKey: string): Seal | undefined {
  const { subtle } = globalThis.crypto;
  if (!subtle) return undefined;
  const key = subtle.importKey('raw', toBytes(draftKey), 'AES-GCM', false, ['encrypt', 'decrypt']);
  const algorithm = (nonce: Uint8Array<ArrayBuffer>, subject: string) => ({
    name: 'AES-GCM',
    iv: nonce,
    additionalData: new TextEncoder().encode(subject),
  });
  return {
    async close(text, subject) {
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const bytes = await subtle.encrypt(algorithm(nonce, subject), await key, new TextEncoder().encode(text));
      return `${toBase64(nonce)}.${toBase64(new Uint8Array(bytes))}`;
    },
    async open(closed, subject) {
      try {
        const [nonce = '', bytes = ''] = closed.split('.');
        const text = await subtle.decrypt(algorithm(toBytes(nonce), subject), await key, toBytes(bytes));
        return new TextDecoder().decode(text);
      } catch {
        return undefined;
      }
    },
  };
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function toBytes(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
