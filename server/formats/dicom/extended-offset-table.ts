import { type Dataset, type Fragment, valueBytes, viewOf } from './dataset.ts';

/** Where each frame of encapsulated pixel data begins, and how long it is: (7FE0,0001) and (7FE0,0002), PS3.3 section C.7.6.3.1.8. */
export interface ExtendedOffsetTable {
  /** From the item tag of the first fragment to that of the frame's first fragment. */
  offsets: number[];
  /** Of the frames in bytes, with or without the byte that makes them even; undefined where the object has none. */
  lengths: number[] | undefined;
}

const ITEM_HEAD_BYTES = 8;

/** @returns undefined where there is none, or one that cannot be true: its numbers are odd, do not ascend, or contradict one another. */
export function extendedOffsetTable(dataset: Dataset): ExtendedOffsetTable | undefined {
  const offsets = wideNumbers(dataset, '7FE00001');
  if (offsets === undefined || offsets[0] !== 0) return undefined;
  const lengths = wideNumbers(dataset, '7FE00002');
  if (dataset.elements.has('7FE00002') && lengths?.length !== offsets.length) return undefined;
  const isTrue = offsets.every((offset, index) => {
    const next = offsets[index + 1] ?? Number.POSITIVE_INFINITY;
    return offset % 2 === 0 && next - offset >= ITEM_HEAD_BYTES + even(lengths?.[index] ?? 0);
  });
  return isTrue ? { offsets, lengths } : undefined;
}

/**
 * The fragments of a table that leaves no room for others: one a frame, as the standard has it, each behind the one before.
 * @param first where the item tag of the first fragment stands.
 */
export function fragmentsOfTable({ offsets, lengths }: ExtendedOffsetTable, first: number): Fragment[] | undefined {
  if (lengths === undefined) return undefined;
  const fragments = offsets.map((offset, index) => ({
    offset: first + offset + ITEM_HEAD_BYTES,
    length: even(lengths[index] ?? 0),
  }));
  const areDense = fragments.every(({ offset, length }, index) => {
    const next = fragments[index + 1];
    return next === undefined || offset + length + ITEM_HEAD_BYTES === next.offset;
  });
  return areDense ? fragments : undefined;
}

/** Unsigned, 64 bits each; undefined where the value is no list of them, or one is beyond any file. */
function wideNumbers(dataset: Dataset, tag: string): number[] | undefined {
  const element = dataset.elements.get(tag);
  if (element === undefined || element.length === 0 || element.length % 8 !== 0) return undefined;
  const view = viewOf(valueBytes(dataset, element));
  if (view.byteLength !== element.length) return undefined;
  const numbers = Array.from({ length: element.length / 8 }, (_, index) => Number(view.getBigUint64(index * 8, true)));
  return numbers.every(Number.isSafeInteger) ? numbers : undefined;
}

/** PS3.5 section A.4: every item has an even length. */
const even = (length: number): number => length + (length % 2);
