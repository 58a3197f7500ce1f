/** What a file's first bytes say it is: a document of ours, one that must be saved in another form first, or neither. */
export type DocumentMagic = 'pdf' | 'jpeg' | 'png' | 'other-picture' | 'office';

/** As many first bytes as {@link recogniseDocument} looks at: a PDF's header may stand anywhere in them (ISO 32000-2 annex I). */
export const DOCUMENT_MAGIC_BYTES = 1024;

/** Brands of HEIF and AVIF, ISO/IEC 23008-12 section 10 and AV1's. */
const HEIF_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1', 'avif', 'avis'];
/** WPS and the binary formats of Office lie in an OLE2 container. */
const OLE2 = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';

/** undefined: no document. A DICOM object is none, whatever stands in its preamble. */
export function recogniseDocument(head: Uint8Array): DocumentMagic | undefined {
  const text = latin1Of(head.subarray(0, DOCUMENT_MAGIC_BYTES));
  if (text.slice(128, 132) === 'DICM') return undefined;
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (isOtherPicture(text)) return 'other-picture';
  if (text.startsWith(OLE2) || text.startsWith('{\\rtf') || isPackedOffice(text)) return 'office';
  return text.includes('%PDF-') ? 'pdf' : undefined;
}

function isOtherPicture(text: string): boolean {
  if (text.slice(4, 8) === 'ftyp' && HEIF_BRANDS.includes(text.slice(8, 12))) return true;
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return true;
  if (/^GIF8[79]a/.test(text)) return true;
  // A bitmap's reserved words are zero; two letters alone would be any text.
  return text.startsWith('BM') && text.slice(6, 10) === '\0\0\0\0';
}

/** A ZIP whose first entry is one of Office Open XML's or OpenDocument's. */
function isPackedOffice(text: string): boolean {
  if (!text.startsWith('PK\x03\x04')) return false;
  return /^(\[Content_Types\]\.xml|_rels\/|docProps\/|word\/|xl\/|ppt\/|mimetypeapplication\/vnd\.oasis)/.test(
    text.slice(30),
  );
}

function latin1Of(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
