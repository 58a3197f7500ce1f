import type { FieldSeal } from './seal.ts';

/** From which key to which the values of a database are changed. */
export interface Keys {
  from: FieldSeal;
  to: FieldSeal;
}

/** Whether this key opens it here. A key that is not the right one is told by the tag of the cipher, without doubt. */
export function opensUnder(seal: FieldSeal, sealed: string | Uint8Array, context: string): boolean {
  try {
    if (typeof sealed === 'string') seal.open(sealed, context);
    else seal.openBytes(sealed, context);
    return true;
  } catch {
    return false;
  }
}

/** @returns undefined where nothing is to be changed: it is empty, or under the new key. @throws Error where neither key opens it. */
export function resealed(sealed: string, context: string, { from, to }: Keys): string | undefined {
  if (sealed === '' || opensUnder(to, sealed, context)) return undefined;
  return to.seal(from.open(sealed, context), context);
}

/** As {@link resealed}, of bytes. */
export function resealedBytes(sealed: Uint8Array, context: string, { from, to }: Keys): Buffer | undefined {
  if (sealed.length === 0 || opensUnder(to, sealed, context)) return undefined;
  return to.sealBytes(from.openBytes(sealed, context), context);
}
