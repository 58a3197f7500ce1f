/*
 * DICOM slides written without any of the project's code (PS3.10, explicit VR little endian), for what no public file has: tiles in
 * any order, focus planes, fragments, labels.
 */

export interface FrameByHand {
  /** Position in the total pixel matrix, from 1; undefined: the frame's place is not written. */
  column?: number;
  row?: number;
  z?: number;
  path?: string;
}

type OffsetTable = 'basic' | 'extended' | 'wrong' | 'none';

export interface WsiByHand {
  width: number;
  height: number;
  tile: number;
  /** The side of a tile from top to bottom, where tiles are no squares. */
  tileHeight?: number;
  /** Frames as stored: gray samples, or any bytes where they are encapsulated, in one or more fragments. */
  frames: Uint8Array[][];
  placed?: FrameByHand[];
  organization?: 'TILED_FULL' | 'TILED_SPARSE';
  flavor?: string;
  /** In place of a whole Image Type; null: left out. */
  imageType?: string | null;
  labelInImage?: boolean;
  sopClass?: string;
  instance?: string;
  series?: string;
  study?: string;
  /** Micrometres between pixels; else 0.5 down and 0.25 across. */
  umPerPixel?: number;
  focalPlanes?: number;
  opticalPaths?: number;
  numberOfFrames?: number;
  /** A transfer syntax of encapsulated frames; undefined: samples as they are. */
  encapsulated?: string;
  /** `wrong`: an extended one that points beside the second frame. */
  offsetTable?: OffsetTable;
  photometric?: string;
  samples?: number;
}

const LONG = new Set(['OB', 'OV', 'OW', 'SQ']);

function element(tag: string, vr: string, value: Buffer, length = value.length): Buffer {
  const head = Buffer.alloc(LONG.has(vr) ? 12 : 8);
  head.writeUInt16LE(Number.parseInt(tag.slice(0, 4), 16), 0);
  head.writeUInt16LE(Number.parseInt(tag.slice(4), 16), 2);
  head.write(vr, 4, 'latin1');
  if (LONG.has(vr)) head.writeUInt32LE(length, 8);
  else head.writeUInt16LE(length, 6);
  return Buffer.concat([head, value]);
}

const text = (tag: string, vr: string, value: string) => {
  const padded = value.length % 2 === 0 ? value : value + (vr === 'UI' ? '\0' : ' ');
  return element(tag, vr, Buffer.from(padded, 'latin1'));
};

function number(bytes: 2 | 4, value: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
}
const us = (tag: string, value: number) => element(tag, 'US', number(2, value));
const ul = (tag: string, value: number) => element(tag, 'UL', number(4, value));

/** The head of an item, FFFE,E000. */
function item(value: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([0xfe, 0xff, 0x00, 0xe0]), number(4, value.length), value]);
}
const sequence = (tag: string, items: Buffer[]) => element(tag, 'SQ', Buffer.concat(items.map(item)));

export function wsiByHand(slide: WsiByHand): Uint8Array {
  const { tile, frames, placed, samples = 1, encapsulated } = slide;
  const spacingMm = slide.umPerPixel === undefined ? '0.0005\\0.00025' : mmTwice(slide.umPerPixel);
  const measures = sequence('00289110', [text('00280030', 'DS', spacingMm)]);
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    text('00020010', 'UI', encapsulated ?? '1.2.840.10008.1.2.1'),
    ...(slide.imageType === null ? [] : [text('00080008', 'CS', imageTypeOf(slide))]),
    text('00080016', 'UI', slide.sopClass ?? '1.2.840.10008.5.1.4.1.1.77.1.6'),
    text('00080018', 'UI', slide.instance ?? '2.25.1'),
    ...(slide.study === undefined ? [] : [text('00080060', 'CS', 'SM'), text('0020000D', 'UI', slide.study)]),
    text('0020000E', 'UI', slide.series ?? '2.25.2'),
    ...(slide.organization === undefined ? [] : [text('00209311', 'CS', slide.organization)]),
    us('00280002', samples),
    text('00280004', 'CS', slide.photometric ?? 'MONOCHROME2'),
    ...(samples === 1 ? [] : [us('00280006', 0)]),
    text('00280008', 'IS', String(slide.numberOfFrames ?? frames.length)),
    us('00280010', slide.tileHeight ?? tile),
    us('00280011', tile),
    us('00280100', 8),
    us('00280101', 8),
    us('00280102', 7),
    us('00280103', 0),
    ul('00480006', slide.width),
    ul('00480007', slide.height),
    text('00480010', 'CS', slide.labelInImage === true ? 'YES' : 'NO'),
    sequence(
      '00480105',
      Array.from({ length: slide.opticalPaths ?? 1 }, () => text('00480112', 'DS', '40')),
    ),
    ...(slide.focalPlanes === undefined ? [] : [ul('00480303', slide.focalPlanes)]),
    sequence('52009229', [measures]),
    ...(placed === undefined ? [] : [sequence('52009230', placed.map(placeOf))]),
    ...(encapsulated === undefined
      ? [element('7FE00010', 'OB', Buffer.concat(frames.flat()))]
      : encapsulate(frames, slide.offsetTable ?? 'basic')),
  ]);
}

/** A distance in both directions as PS3.5 DS writes it: at most 16 characters. */
function mmTwice(um: number): string {
  const mm = String(Number((um / 1000).toPrecision(10)));
  return `${mm}\\${mm}`;
}

const imageTypeOf = ({ imageType, flavor = 'VOLUME' }: WsiByHand): string =>
  imageType ?? `DERIVED\\PRIMARY\\${flavor}\\NONE`;

function placeOf({ column, row, z, path }: FrameByHand): Buffer {
  if (column === undefined || row === undefined) return Buffer.alloc(0);
  const position = Buffer.concat([
    ...(z === undefined ? [] : [text('0040074A', 'DS', String(z))]),
    element('0048021E', 'SL', number(4, column)),
    element('0048021F', 'SL', number(4, row)),
  ]);
  const paths = path === undefined ? [] : [sequence('00480207', [text('00480106', 'SH', path)])];
  return Buffer.concat([sequence('0048021A', [position]), ...paths]);
}

function encapsulate(frames: Uint8Array[][], table: OffsetTable): Buffer[] {
  const offsets: number[] = [];
  let position = 0;
  for (const fragments of frames) {
    offsets.push(position);
    position += fragments.reduce((sum, fragment) => sum + 8 + fragment.length, 0);
  }
  const wide = Buffer.alloc(offsets.length * 8);
  for (const [index, offset] of offsets.entries())
    wide.writeBigUInt64LE(BigInt(table === 'wrong' && index === 1 ? offset + 2 : offset), index * 8);
  const basic = table === 'basic' ? Buffer.concat(offsets.map((offset) => number(4, offset))) : Buffer.alloc(0);
  const end = Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);
  const value = Buffer.concat([item(basic), ...frames.flat().map(item), end]);
  return [
    ...(table === 'extended' || table === 'wrong' ? [element('7FE00001', 'OV', wide)] : []),
    element('7FE00010', 'OB', value, 0xffffffff),
  ];
}
