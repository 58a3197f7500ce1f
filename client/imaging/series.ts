import type { SeriesView } from '../../server/contract/imaging.ts';
import type { ImageDescription } from '../../server/formats/image/image.ts';
import type { SeriesOrder } from '../../server/formats/image/series-order.ts';
import type { FrameAddress, SeriesAddress } from './dicomweb.ts';

/** One picture of a stack: a frame of an instance. */
export interface Slice extends FrameAddress {
  key: string;
  /** Which of the series' objects it is of, from 0, as they come in the order of the slices. */
  object: number;
  description: ImageDescription;
}

export interface Series extends SeriesAddress {
  modality: string;
  number: number | null;
  text: string;
  /** In the order in which they are scrolled through. */
  slices: Slice[];
  /** How many objects (files) they are of. */
  objectCount: number;
  /** How they follow one another: passes, gaps, distances. */
  order: Omit<SeriesOrder<Slice>, 'images'>;
}

export function sliceKey(frame: Pick<FrameAddress, 'sopInstanceUid' | 'frame'>): string {
  return `${frame.sopInstanceUid}/${frame.frame}`;
}

/** Bytes that the decoded frame takes. */
export function decodedBytes({ description }: Slice): number {
  const { rows, columns, samplesPerPixel, bitsAllocated } = description;
  return rows * columns * samplesPerPixel * Math.max(1, bitsAllocated / 8);
}

/** Modalities whose instances hold no pictures, PS3.3 section C.7.3.1.1.1. */
const WITHOUT_PICTURES = new Set([
  'AU',
  'DOC',
  'ECG',
  'EPS',
  'FID',
  'HD',
  'KO',
  'PLAN',
  'PR',
  'REG',
  'RESP',
  'RTPLAN',
  'RTRECORD',
  'RTSTRUCT',
  'SMR',
  'SR',
]);

/** Of which pictures are shown at all. */
export const hasPictures = ({ modality }: Pick<SeriesView, 'modality'>): boolean => !WITHOUT_PICTURES.has(modality);
