import { createHash } from 'node:crypto';
import { Failure } from '../../server/contract/failure.ts';
import type { Dataset, DicomElement } from '../../server/formats/dicom/dataset.ts';
import { readDicomFile } from '../../server/formats/dicom/dicom-file.ts';

type Structure = [boolean, boolean, boolean, string, unknown[]];

/** Everything that is known of a dataset but its values: tags, VRs, places, lengths, items, fragments, character sets. */
function structureOf(dataset: Dataset): Structure {
  const elements = [...dataset.elements.values()].map(({ tag, vr, offset, length, items, fragments }) => {
    const pieces = fragments?.map((fragment) => [fragment.offset, fragment.length]) ?? null;
    return [tag, vr ?? null, offset, length, items?.map(structureOf) ?? null, pieces];
  });
  return [dataset.explicit, dataset.littleEndian, dataset.cut, dataset.characterSets.join('\\'), elements];
}

/** The structure of a file as a short hash, or why it is refused. Anything but a Failure is thrown on. */
export function outcomeOf(bytes: Uint8Array, partial: boolean): string {
  try {
    const { meta, dataset } = readDicomFile(bytes, { partial });
    const text = JSON.stringify([structureOf(meta), structureOf(dataset)]);
    return createHash('sha256').update(text).digest('hex').slice(0, 16);
  } catch (error) {
    if (error instanceof Failure && error.reason !== undefined) return error.reason;
    throw error;
  }
}

export interface PlacedElement {
  element: DicomElement;
  explicit: boolean;
  littleEndian: boolean;
}

/** All elements of a dataset, also those in its items. */
export function placedElements(dataset: Dataset): PlacedElement[] {
  const { explicit, littleEndian } = dataset;
  return [...dataset.elements.values()].flatMap((element) => [
    { element, explicit, littleEndian },
    ...(element.items ?? []).flatMap(placedElements),
  ]);
}

/** Throws what lies outside of what is around it. */
export function assertNested(dataset: Dataset, end = dataset.bytes.length, depth = 0): void {
  if (depth > 64) throw new Error(`nested ${depth} deep`);
  for (const element of dataset.elements.values()) {
    const elementEnd = element.offset + element.length;
    const pieces = element.fragments ?? [];
    const inside = elementEnd <= end && pieces.every(({ offset, length }) => offset + length <= elementEnd);
    if (!inside) throw new Error(`${element.tag} at ${element.offset} ends outside what is around it`);
    for (const item of element.items ?? []) assertNested(item, elementEnd, depth + 1);
  }
}

const VRS = ['OB', 'OW', 'OV', 'SV', 'UV', 'SQ', 'UN', 'UT', 'UR', 'US', 'LO', 'AT', '  ', '\0\0'];
const LONG = /^(O[BDFLVW]|S[QV]|U[CNRTV])$/;

/** One change to what a parser goes by: a length, a VR, a delimiter's bytes, a bit, a piece cut out, doubled or cut off. */
export function structureMutated(original: Uint8Array, places: PlacedElement[], random: () => number): Uint8Array {
  const below = (limit: number) => Math.floor(random() * limit);
  const bytes = original.slice();
  const at = 132 + below(below(2) === 0 ? bytes.length - 132 : Math.min(bytes.length - 132, 3000));
  const piece = below(60);
  switch (below(7)) {
    case 0:
      return bytes.slice(0, at);
    case 1:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
      return bytes;
    case 2:
      bytes[at] = [0, 0xff, 0xfe, 0xe0, 0x0d, 0xdd][below(6)] ?? 0;
      return bytes;
    case 3:
      return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + piece)]);
    case 4:
      return Uint8Array.from([...bytes.subarray(0, at + piece), ...bytes.subarray(at)]);
    case 5:
      return withOtherLength(bytes, places[below(places.length)], below);
    default:
      return withOtherVr(bytes, places[below(places.length)], VRS[below(VRS.length)] ?? '');
  }
}

function withOtherLength(bytes: Uint8Array, place: PlacedElement | undefined, below: (limit: number) => number) {
  if (place === undefined) return bytes;
  const { element, explicit, littleEndian } = place;
  const near = Math.max(0, element.length + below(41) - 20);
  const length = [near, near, near, 0xffffffff, below(2 ** 31)][below(5)] ?? 0;
  const view = new DataView(bytes.buffer);
  if (explicit && !LONG.test(element.vr ?? '')) view.setUint16(element.offset - 2, length & 0xffff, littleEndian);
  else view.setUint32(element.offset - 4, length, littleEndian);
  return bytes;
}

function withOtherVr(bytes: Uint8Array, place: PlacedElement | undefined, vr: string) {
  if (place === undefined || !place.explicit) return bytes;
  const { element } = place;
  bytes.set(new TextEncoder().encode(vr), element.offset - (LONG.test(element.vr ?? '') ? 8 : 4));
  return bytes;
}
