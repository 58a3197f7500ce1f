import { sha256Of } from '../uploads/sha256.ts';

/** SHA-256 over the DER form of the key (SPKI), as `openssl` prints it: pairs of digits in capitals, parted by colons. */
export async function keyFingerprint(publicKeyBase64: string): Promise<string> {
  const der = Uint8Array.from(atob(publicKeyBase64), (character) => character.charCodeAt(0));
  const hex = await sha256Of(der);
  return (hex.toUpperCase().match(/../g) ?? []).join(':');
}
