import { type Attributes, findNumber, findString } from '../dicom/attributes.ts';

/** One plane of graphics over an image, PS3.3 section C.9.2: groups 6000 to 601E, two apart. */
export interface OverlayPlane {
  /** `6000` … `601E`. */
  group: string;
  rows: number;
  columns: number;
  /** The image's row and column, from 0, that its first pixel lies on; may be outside of the image. */
  top: number;
  left: number;
  /** `region`: a region of interest, an area rather than lines. */
  kind: 'graphics' | 'region';
  /** The image's frames that it lies over, from 1; `count` null: all, with one plane for each of them or one for all. */
  frames: { first: number; count: number | null };
  /** The bit of each stored pixel that it is kept in, from 0; null: (60xx,3000) is its own. */
  embeddedBit: number | null;
  label: string;
}

/** Bits of a plane as (60xx,3000) has them: row by row, frame by frame, the first in the lowest bit of the first byte (PS3.5 section 8.1.2). */
export type OverlayBits = Uint8Array;

const PLANES = 16;

/** The planes that a dataset describes, with or without their bits. */
export function readOverlayPlanes(dataset: Attributes): OverlayPlane[] {
  return Array.from({ length: PLANES }, (_, index) => (0x6000 + 2 * index).toString(16).toUpperCase()).flatMap(
    (group) => readPlane(dataset, group),
  );
}

function readPlane(dataset: Attributes, group: string): OverlayPlane[] {
  const ownData = dataset.has(`${group}3000`);
  const bitPosition = findNumber(dataset, `${group}0102`, 'US') ?? 0;
  // Position 0 is a pixel's own lowest bit, never an overlay's.
  if (!ownData && bitPosition === 0) return [];
  const rows = findNumber(dataset, `${group}0010`, 'US') ?? findNumber(dataset, '00280010', 'US') ?? 0;
  const columns = findNumber(dataset, `${group}0011`, 'US') ?? findNumber(dataset, '00280011', 'US') ?? 0;
  if (rows < 1 || columns < 1) return [];
  const [top = 1, left = 1] = dataset.numbers(`${group}0050`, 'SS');
  const count = findNumber(dataset, `${group}0015`, 'IS');
  return [
    {
      group,
      rows,
      columns,
      top: top - 1,
      left: left - 1,
      kind: findString(dataset, `${group}0040`) === 'R' ? 'region' : 'graphics',
      frames: { first: findNumber(dataset, `${group}0051`, 'US') ?? 1, count: count ?? null },
      embeddedBit: ownData ? null : bitPosition,
      label: findString(dataset, `${group}1500`) ?? findString(dataset, `${group}0022`) ?? '',
    },
  ];
}

/** The bits of all planes that have data of their own with the header, by group. */
export function overlayDataOf(dataset: Attributes): Record<string, OverlayBits> {
  const planes = readOverlayPlanes(dataset).flatMap((plane): [string, OverlayBits][] => {
    const bits = overlayDataIn(dataset, plane);
    return bits ? [[plane.group, bits]] : [];
  });
  return Object.fromEntries(planes);
}

/** Bits that came with the header: of a file always, of the DICOM JSON model where they are few. Others are bulk data, `60xx3000`. */
function overlayDataIn(dataset: Attributes, { group }: OverlayPlane): OverlayBits | undefined {
  const words = dataset.words(`${group}3000`);
  return words && Uint8Array.from({ length: words.length * 2 }, (_, at) => (words[at >> 1] ?? 0) >> (8 * (at & 1)));
}

/** The plane's own bits in one frame (from 1) of the image; undefined: it does not lie over this one, or its bits are too few. */
export function bitsInFrame(
  plane: OverlayPlane,
  bits: OverlayBits,
  frame: number,
): { bits: OverlayBits; firstBit: number } | undefined {
  const { rows, columns, frames, embeddedBit } = plane;
  const at = embeddedBit !== null || frames.count === null ? 0 : frame - frames.first;
  if (at < 0 || (embeddedBit === null && frames.count !== null && at >= frames.count)) return undefined;
  const firstBit = at * rows * columns;
  return bits.length * 8 < firstBit + rows * columns ? undefined : { bits, firstBit };
}
