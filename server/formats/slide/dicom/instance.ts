import { type Attributes, findNumber, findString } from '../../dicom/attributes.ts';
import { extendedOffsetTable } from '../../dicom/extended-offset-table.ts';
import { parsedAttributes } from '../../dicom/parsed-attributes.ts';
import { pixelShape } from '../../dicom/pixel-data.ts';
import { type ImageDescription, readImage } from '../../image/image.ts';
import type { ByteSource } from '../byte-source.ts';
import { damaged, notSlide, truncated, unsupported } from '../refusal.ts';
import { type AssociatedKind, MAX_TILE_PIXELS, type SlideLevel, tileGrid } from '../slide.ts';
import { encapsulatedFrames, type FrameReader, nativeFrames } from './frames.ts';
import { type DicomHead, readHead } from './read-head.ts';
import { type FindFrame, locateTiles } from './tile-positions.ts';

/** One file of a slide: one resolution, or a picture of the label. */
export interface WsiInstance extends Omit<SlideLevel, 'downsample'> {
  seriesInstanceUid: string;
  kind: 'level' | AssociatedKind;
  umPerPixel: { x: number; y: number } | null;
  objectivePower: number | null;
  image: ImageDescription;
  transferSyntaxUid: string;
  findFrame: FindFrame;
  readFrame: FrameReader;
}

const WHOLE_SLIDE_MICROSCOPY = '1.2.840.10008.5.1.4.1.1.77.1.6';
const OPTICAL_PATHS = '00480105';
const UNDEFINED_LENGTH = 0xffffffff;
const MAX_SIDE = 2 ** 24;
const MAX_FRAMES = 2_000_000;

/**
 * Reads one instance of VL Whole Slide Microscopy, PS3.3 section A.32.8. Throws `not-slide` for any other object,
 * `slide-encoding-unsupported`, `file-damaged`, `file-truncated`.
 */
export async function readInstance(source: ByteSource): Promise<WsiInstance> {
  const head = await readHead(source);
  const dataset = parsedAttributes(head.file.dataset);
  if (findString(dataset, '00080016') !== WHOLE_SLIDE_MICROSCOPY) throw notSlide('DICOM, but no slide');
  if (dataset.has('00209161')) throw unsupported('one resolution cut into several files');
  const image = readImage(dataset, 1);
  if (image.numberOfFrames > MAX_FRAMES) throw damaged(`${image.numberOfFrames} frames`);
  checkColors(image);
  // Of gray channels that together make the picture one alone would be drawn as if it were all.
  if (image.samplesPerPixel === 1 && dataset.items(OPTICAL_PATHS).length > 1)
    throw unsupported('several channels of gray');
  const size = sizeOf(dataset, image);
  const layout = { ...tileGrid(size), ...size, numberOfFrames: image.numberOfFrames };
  return {
    ...size,
    seriesInstanceUid: findString(dataset, '0020000E') ?? '',
    kind: kindOf(dataset, image),
    umPerPixel: spacingOf(dataset),
    objectivePower: powerOf(dataset),
    image,
    transferSyntaxUid: head.file.transferSyntax.uid,
    findFrame: locateTiles(dataset, layout),
    readFrame: await frameReader(source, head, dataset, image.numberOfFrames),
  };
}

/** Total Pixel Matrix; a label or an overview may state none, and then is one frame. */
function sizeOf(dataset: Attributes, { columns, rows }: ImageDescription) {
  const width = findNumber(dataset, '00480006', 'UL') ?? columns;
  const height = findNumber(dataset, '00480007', 'UL') ?? rows;
  if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) throw damaged(`${width} × ${height} pixels`);
  return { width, height, tileWidth: columns, tileHeight: rows };
}

function checkColors({
  samplesPerPixel,
  photometricInterpretation: colors,
  bitsStored,
  sampleFormat,
  ...image
}: ImageDescription) {
  if (image.rows * image.columns > MAX_TILE_PIXELS) throw unsupported('tiles beyond measure');
  const gray = samplesPerPixel === 1 && colors === 'MONOCHROME2' && bitsStored >= 8 && bitsStored <= 16;
  const color = samplesPerPixel === 3 && bitsStored === 8 && (colors === 'RGB' || colors.startsWith('YBR_'));
  if (sampleFormat !== 'integer' || image.pixelRepresentation === 1 || (!gray && !color)) {
    throw unsupported(`${colors}, ${bitsStored} bits`);
  }
}

/**
 * By the third value of Image Type, PS3.3 section C.8.12.4.1.1; and whatever it says, a picture with the label in it
 * (0048,0010) is no part of the pyramid. Where a device left Image Type out, a matrix cut into tiles that has no label in it is the slide.
 */
function kindOf(dataset: Attributes, image: ImageDescription): WsiInstance['kind'] {
  const flavor = dataset.strings('00080008')[2];
  if (flavor === 'LABEL') return 'label';
  if (flavor === 'OVERVIEW' || flavor === 'LOCALIZER') return 'macro';
  if (findString(dataset, '00480010') === 'YES') return 'macro';
  if (flavor === 'THUMBNAIL') return 'thumbnail';
  if (flavor === 'VOLUME') return 'level';
  const isUnsaid = flavor === undefined || flavor === '';
  return isUnsaid && findString(dataset, '00480010') === 'NO' && isTiled(dataset, image) ? 'level' : 'other';
}

/** Its matrix is stated, and larger than one frame: a label or an overview is one frame by itself. */
function isTiled(dataset: Attributes, { columns, rows }: ImageDescription): boolean {
  const width = findNumber(dataset, '00480006', 'UL');
  const height = findNumber(dataset, '00480007', 'UL');
  return width !== undefined && height !== undefined && (width > columns || height > rows);
}

/** Pixel Measures in the shared functional groups, mm: between rows, then between columns. */
function spacingOf(dataset: Attributes): WsiInstance['umPerPixel'] {
  const measures = dataset.items('52009229')[0]?.items('00289110')[0];
  const [betweenRows, betweenColumns] = measures?.numbers('00280030', 'DS') ?? [];
  if (betweenRows === undefined || betweenColumns === undefined || betweenRows <= 0 || betweenColumns <= 0) return null;
  // 0.000499 mm is 0.499 µm, not 0.49900000000000005.
  const um = (mm: number) => Number((mm * 1000).toPrecision(12));
  return { x: um(betweenColumns), y: um(betweenRows) };
}

/** Objective Lens Power, in the Optical Path Sequence. */
function powerOf(dataset: Attributes): number | null {
  for (const path of dataset.items(OPTICAL_PATHS)) {
    const power = findNumber(path, '00480112', 'DS');
    if (power !== undefined && power > 0) return power;
  }
  return null;
}

async function frameReader(source: ByteSource, { file, pixels }: DicomHead, dataset: Attributes, count: number) {
  const { codec, name } = file.transferSyntax;
  if (codec === null) throw unsupported(name);
  if (codec === 'native') {
    if (pixels.length === UNDEFINED_LENGTH) throw damaged('compressed frames in an uncompressed file');
    const { frameBits } = pixelShape(dataset);
    if (frameBits % 8 !== 0) throw unsupported('frames that end within a byte');
    const frameBytes = frameBits / 8;
    if (pixels.length < frameBytes * count) throw truncated('less pixel data than described');
    return nativeFrames(source, pixels.offset, frameBytes, count);
  }
  if (pixels.length !== UNDEFINED_LENGTH) throw damaged('compressed frames that are not encapsulated');
  return encapsulatedFrames(source, pixels.offset, count, extendedOffsetTable(file.dataset));
}
