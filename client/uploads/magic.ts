import {
  DOCUMENT_MAGIC_BYTES,
  type DocumentMagic,
  recogniseDocument,
} from '../../server/formats/document/recognise.ts';

/** What a file's first bytes say it may be; names are never looked at. */
export type Magic = 'dicom' | 'tiff' | 'archive' | DocumentMagic | 'other';

/** As many first bytes as {@link magicOf} needs: PS3.10 has its prefix behind a preamble of 128, a PDF within the first thousand. */
export const MAGIC_BYTES = DOCUMENT_MAGIC_BYTES;

const DICM = '4449434d';
/** TIFF and BigTIFF, of either byte order; what is shorter than their header is none. */
const TIFF_HEADER_BYTES = 8;
const TIFF = ['49492a00', '4d4d002a', '49492b00', '4d4d002b'];
/** ZIP, RAR, 7-Zip and gzip. */
const ARCHIVES = ['504b0304', '52617221', '377abcaf', '1f8b08'];

/** `other` may still be DICOM: a bare dataset has no magic. */
export function magicOf(head: Uint8Array): Magic {
  // A slide that either reader opens has a TIFF's header in its preamble (PS3.10 section 7.1): DICOM knows more.
  if (hexOf(head.subarray(128, 132)) === DICM) return 'dicom';
  const first = hexOf(head.subarray(0, 4));
  if (head.length >= TIFF_HEADER_BYTES && TIFF.includes(first)) return 'tiff';
  const document = recogniseDocument(head);
  if (document) return document;
  return ARCHIVES.some((magic) => first.startsWith(magic)) ? 'archive' : 'other';
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
