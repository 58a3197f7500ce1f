import { elements } from '@iwharris/dicom-data-dictionary';

let vrs: Map<string, string> | undefined;

/** PS3.6 gives some elements two: which, the pixel representation and the encoding decide. */
function settled(vr: string, signedPixels: boolean): string {
  if (vr === 'US or SS') return signedPixels ? 'SS' : 'US';
  // PS3.5 section A.1: in Implicit VR Little Endian these are words.
  if (vr === 'OB or OW' || vr === 'US or OW' || vr === 'US or SS or OW') return 'OW';
  return /^[A-Z]{2}$/.test(vr) ? vr : 'UN';
}

/**
 * The VR of an element that the file gives none, by PS3.6 (edition 2019e): for implicit VR and for UN. Unknown and private
 * ones are UN. Only the server needs this: it is half a megabyte.
 */
export function dictionaryVr(tag: string, signedPixels: boolean): string {
  vrs ??= new Map(
    Object.values(elements).map(({ tag: key, vr }) => [key.replace(/[(),]/g, '').toUpperCase(), vr.trim()]),
  );
  const group = Number.parseInt(tag.slice(0, 4), 16);
  if (group % 2 === 1) return /^....00[1-9A-F]/.test(tag) && tag.slice(4) <= '00FF' ? 'LO' : 'UN';
  // Curves and overlays stand once for all their groups, (60xx,3000).
  const vr = vrs.get(tag) ?? vrs.get(`${tag.slice(0, 2)}XX${tag.slice(4)}`);
  return vr === undefined ? 'UN' : settled(vr, signedPixels);
}
