import type { MediaType } from '../formats/media-type.ts';
import { takes } from '../formats/media-type.ts';

/** How stored pixel data is called when it is handed out as it is, PS3.18 table 8.7.3-5. */
const PIXEL_MEDIA_TYPES: Record<string, string> = {
  '1.2.840.10008.1.2.5': 'image/dicom-rle',
  '1.2.840.10008.1.2.4.50': 'image/jpeg',
  '1.2.840.10008.1.2.4.51': 'image/jpeg',
  '1.2.840.10008.1.2.4.53': 'image/jpeg',
  '1.2.840.10008.1.2.4.55': 'image/jpeg',
  '1.2.840.10008.1.2.4.57': 'image/jpeg',
  '1.2.840.10008.1.2.4.70': 'image/jpeg',
  '1.2.840.10008.1.2.4.80': 'image/jls',
  '1.2.840.10008.1.2.4.81': 'image/jls',
  '1.2.840.10008.1.2.4.90': 'image/jp2',
  '1.2.840.10008.1.2.4.91': 'image/jp2',
  '1.2.840.10008.1.2.4.92': 'image/jpx',
  '1.2.840.10008.1.2.4.93': 'image/jpx',
  '1.2.840.10008.1.2.4.110': 'image/jxl',
  '1.2.840.10008.1.2.4.111': 'image/jxl',
  '1.2.840.10008.1.2.4.112': 'image/jxl',
  '1.2.840.10008.1.2.4.201': 'image/jphc',
  '1.2.840.10008.1.2.4.202': 'image/jphc',
  '1.2.840.10008.1.2.4.203': 'image/jphc',
  '1.2.840.10008.1.2.4.100': 'video/mpeg',
  '1.2.840.10008.1.2.4.101': 'video/mpeg',
  '1.2.840.10008.1.2.4.102': 'video/mp4',
  '1.2.840.10008.1.2.4.103': 'video/mp4',
  '1.2.840.10008.1.2.4.104': 'video/mp4',
  '1.2.840.10008.1.2.4.105': 'video/mp4',
  '1.2.840.10008.1.2.4.106': 'video/mp4',
  '1.2.840.10008.1.2.4.107': 'video/H265',
  '1.2.840.10008.1.2.4.108': 'video/H265',
};

const EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
const OCTETS = 'application/octet-stream';

/** How a resource will be answered: as parts of a multipart body or, where it is one thing, as the body itself. */
export interface Packaging {
  isMultipart: boolean;
}

/** A media range seen through its multipart wrapping: what the parts are to be. */
interface Wanted extends Packaging {
  type: string;
  transferSyntax: string | undefined;
}

function wanted(range: MediaType): Wanted {
  const own = range.parameters.get('transfer-syntax');
  if (range.type !== 'multipart/related') {
    return { isMultipart: range.type === '*/*', type: range.type, transferSyntax: own };
  }
  return { isMultipart: true, type: (range.parameters.get('type') ?? '*/*').toLowerCase(), transferSyntax: own };
}

export interface FrameForm extends Packaging {
  /** False: decoded to samples, Explicit VR Little Endian. */
  asStored: boolean;
  mediaType: string;
}

/**
 * How frames are to be given, PS3.18 sections 8.7.3.3 and 8.7.5; without a preference decoded, in Explicit VR Little Endian.
 * `storedUid`: the transfer syntax in which the frames lie there (of uncompressed files of any kind: Explicit VR Little Endian).
 * @returns undefined: nothing of what is asked for can be given.
 */
export function chooseFrameForm(accept: MediaType[], storedUid: string, frameCount: number): FrameForm | undefined {
  const storedType = PIXEL_MEDIA_TYPES[storedUid] ?? OCTETS;
  const decoded = { asStored: storedUid === EXPLICIT_VR_LITTLE_ENDIAN, mediaType: OCTETS };
  const stored = { asStored: true, mediaType: storedType };
  if (accept.length === 0) return { ...decoded, isMultipart: true };
  for (const { isMultipart, type, transferSyntax } of accept.map(wanted)) {
    if (!isMultipart && frameCount !== 1) continue;
    const isOctets = takes(type, OCTETS);
    if (isOctets && (transferSyntax === undefined || transferSyntax === EXPLICIT_VR_LITTLE_ENDIAN))
      return { ...decoded, isMultipart };
    const takesStored = transferSyntax === '*' || transferSyntax === storedUid;
    if (takesStored && (isOctets || takes(type, storedType))) return { ...stored, isMultipart };
    if (transferSyntax === undefined && storedType !== OCTETS && takes(type, storedType))
      return { ...stored, isMultipart };
  }
  return undefined;
}

/**
 * How whole instances are to be given. Originals are never altered, so the only form is the stored one; a client that insists
 * on another transfer syntax for any of them cannot be served.
 */
export function chooseInstanceForm(accept: MediaType[], storedUids: string[]): Packaging | undefined {
  if (accept.length === 0) return { isMultipart: true };
  for (const { isMultipart, type, transferSyntax } of accept.map(wanted)) {
    if (!takes(type, 'application/dicom') || (!isMultipart && storedUids.length !== 1)) continue;
    const fits = transferSyntax === undefined || transferSyntax === '*';
    if (fits || storedUids.every((uid) => uid === transferSyntax)) return { isMultipart };
  }
  return undefined;
}

/** Metadata and search results: DICOM JSON, PS3.18 section 8.7.3.2. */
export function chooseJson(accept: MediaType[]): 'application/dicom+json' | 'application/json' | undefined {
  if (accept.length === 0) return 'application/dicom+json';
  for (const { type } of accept) {
    if (takes(type, 'application/dicom+json')) return 'application/dicom+json';
    if (takes(type, 'application/json')) return 'application/json';
  }
  return undefined;
}

/** Pictures for people, PS3.18 section 8.7.4. */
export function chooseRendered(accept: MediaType[]): 'image/jpeg' | 'image/png' | undefined {
  if (accept.length === 0) return 'image/jpeg';
  for (const { type } of accept) {
    if (takes(type, 'image/jpeg')) return 'image/jpeg';
    if (takes(type, 'image/png')) return 'image/png';
  }
  return undefined;
}

/** Bulk data: octets, in a multipart body unless asked for otherwise. */
export function chooseBulkForm(accept: MediaType[]): Packaging | undefined {
  if (accept.length === 0) return { isMultipart: true };
  const found = accept.map(wanted).find(({ type }) => takes(type, OCTETS));
  return found && { isMultipart: found.isMultipart };
}
