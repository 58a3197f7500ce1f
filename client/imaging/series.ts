import type { ImageDescription } from '../../server/imaging/image.ts';
import type { FrameAddress, SeriesAddress } from './dicomweb.ts';

/** One picture of a stack: a frame of an instance. */
export interface Slice extends FrameAddress {
  key: string;
  description: ImageDescription;
}

export interface Series extends SeriesAddress {
  modality: string;
  number: number | null;
  text: string;
  /** In the order in which they are scrolled through. */
  slices: Slice[];
}

export function sliceKey(frame: Pick<FrameAddress, 'sopInstanceUid' | 'frame'>): string {
  return `${frame.sopInstanceUid}/${frame.frame}`;
}

/** Bytes that the decoded frame takes. */
export function decodedBytes({ description }: Slice): number {
  const { rows, columns, samplesPerPixel, bitsAllocated } = description;
  return rows * columns * samplesPerPixel * Math.max(1, bitsAllocated / 8);
}
