/** What brings a frame of a transfer syntax back to pixels. `native`: nothing, the samples lie in the file as they are. */
export type FrameCodec =
  | 'native'
  | 'rle'
  | 'jpeg-baseline'
  | 'jpeg-extended'
  | 'jpeg-lossless'
  | 'jpeg-ls'
  | 'jpeg-2000'
  | 'htj2k';

export interface TransferSyntax {
  uid: string;
  /** As PS3.6 table A-1 names it, shortened. */
  name: string;
  explicit: boolean;
  littleEndian: boolean;
  deflated: boolean;
  /** null: stored and handed out, not drawn (video and what is not known here). */
  codec: FrameCodec | null;
}

export const IMPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2';
export const EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
export const DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1.99';
export const EXPLICIT_VR_BIG_ENDIAN = '1.2.840.10008.1.2.2';

const CODECS: [string, string, FrameCodec | null][] = [
  [IMPLICIT_VR_LITTLE_ENDIAN, 'Implicit VR Little Endian', 'native'],
  [EXPLICIT_VR_LITTLE_ENDIAN, 'Explicit VR Little Endian', 'native'],
  [DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN, 'Deflated Explicit VR Little Endian', 'native'],
  [EXPLICIT_VR_BIG_ENDIAN, 'Explicit VR Big Endian', 'native'],
  ['1.2.840.10008.1.2.5', 'RLE Lossless', 'rle'],
  ['1.2.840.10008.1.2.4.50', 'JPEG Baseline', 'jpeg-baseline'],
  ['1.2.840.10008.1.2.4.51', 'JPEG Extended', 'jpeg-extended'],
  ['1.2.840.10008.1.2.4.53', 'JPEG Spectral Selection, Non-Hierarchical (retired)', 'jpeg-extended'],
  ['1.2.840.10008.1.2.4.55', 'JPEG Full Progression, Non-Hierarchical (retired)', 'jpeg-extended'],
  ['1.2.840.10008.1.2.4.57', 'JPEG Lossless', 'jpeg-lossless'],
  ['1.2.840.10008.1.2.4.70', 'JPEG Lossless SV1', 'jpeg-lossless'],
  ['1.2.840.10008.1.2.4.80', 'JPEG-LS Lossless', 'jpeg-ls'],
  ['1.2.840.10008.1.2.4.81', 'JPEG-LS Near-lossless', 'jpeg-ls'],
  ['1.2.840.10008.1.2.4.90', 'JPEG 2000 Lossless Only', 'jpeg-2000'],
  ['1.2.840.10008.1.2.4.91', 'JPEG 2000', 'jpeg-2000'],
  ['1.2.840.10008.1.2.4.201', 'HTJ2K Lossless Only', 'htj2k'],
  ['1.2.840.10008.1.2.4.202', 'HTJ2K Lossless RPCL', 'htj2k'],
  ['1.2.840.10008.1.2.4.203', 'HTJ2K', 'htj2k'],
  ['1.2.840.10008.1.2.4.100', 'MPEG2 Main Profile', null],
  ['1.2.840.10008.1.2.4.101', 'MPEG2 High Profile', null],
  ['1.2.840.10008.1.2.4.102', 'MPEG-4 AVC High Profile 4.1', null],
  ['1.2.840.10008.1.2.4.103', 'MPEG-4 AVC BD-compatible', null],
  ['1.2.840.10008.1.2.4.107', 'HEVC Main Profile 5.1', null],
  ['1.2.840.10008.1.2.4.108', 'HEVC Main 10 Profile 5.1', null],
];

const SYNTAXES = new Map(
  CODECS.map(([uid, name, codec]): [string, TransferSyntax] => [
    uid,
    {
      uid,
      name,
      explicit: uid !== IMPLICIT_VR_LITTLE_ENDIAN,
      littleEndian: uid !== EXPLICIT_VR_BIG_ENDIAN,
      deflated: uid === DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
      codec,
    },
  ]),
);

/**
 * Every transfer syntax but the first three and the deflated ones writes its dataset as Explicit VR Little Endian
 * (PS3.5 section A.4), so a file in an unknown one still has a readable header.
 */
export function transferSyntaxOf(uid: string): TransferSyntax {
  return SYNTAXES.get(uid) ?? { uid, name: uid, explicit: true, littleEndian: true, deflated: false, codec: null };
}
