import { Failure } from '../../contract/failure.ts';
import { type Attributes, findNumber, findString } from '../dicom/attributes.ts';
import { functionalGroup } from '../dicom/functional-groups.ts';
import {
  DOUBLE_FLOAT_PIXEL_DATA,
  FLOAT_PIXEL_DATA,
  hasPixels,
  type PixelShape,
  pixelShape,
} from '../dicom/pixel-data.ts';
import { type Calibration, createCalibrationReader } from './calibration.ts';
import { type Cine, readCine } from './cine.ts';
import { findLookupTable, findPalette, type LookupTable, type Palette } from './lookup-table.ts';
import { createModalityReader } from './modality-transformation.ts';
import { type OverlayPlane, readOverlayPlanes } from './overlay-planes.ts';
import { createPassReader, type PassFacts } from './pass-facts.ts';

export type VoiFunction = 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';

/** A window in output units of the Modality LUT (HU for CT). */
export interface VoiWindow {
  center: number;
  width: number;
  function: VoiFunction;
}

export interface NamedVoiWindow extends VoiWindow {
  explanation: string;
}

/**
 * All that drawing, measuring and ordering one frame needs. Plain data: it may be posted to a worker.
 * Vectors are in the patient coordinate system of PS3.3 C.7.6.2, millimetres.
 */
export interface ImageDescription {
  /** The frame described, from 1. */
  frame: number;
  numberOfFrames: number;
  modality: string;
  rows: number;
  columns: number;
  bitsAllocated: number;
  bitsStored: number;
  highBit: number;
  /** 0 unsigned, 1 two's complement. */
  pixelRepresentation: 0 | 1;
  /** `float` and `double`: (7FE0,0008) and (7FE0,0009) in place of Pixel Data. */
  sampleFormat: 'integer' | 'float' | 'double';
  samplesPerPixel: number;
  photometricInterpretation: string;
  planarConfiguration: 0 | 1;
  /** Takes the place of the rescale where present. */
  modalityLut: LookupTable | null;
  rescaleSlope: number;
  rescaleIntercept: number;
  /** Unit of the values after the Modality LUT: `HU` for CT unless the file says otherwise, `US` for unspecified; empty: none stated. */
  rescaleType: string;
  /** The file's modality transformation does not belong to what is displayed: windows and values are of what is stored. */
  showsStoredValues: boolean;
  windows: NamedVoiWindow[];
  voiLuts: LookupTable[];
  /** Stored values from `low` to `high` are padding, PS3.3 C.7.5.1.1.2. */
  pixelPadding: { low: number; high: number } | null;
  palette: Palette | null;
  /** Graphics that lie over the picture. */
  overlays: OverlayPlane[];
  /** There is nothing but overlays: the pixels beneath are none, and black. */
  onlyOverlays: boolean;
  calibration: Calibration;
  /** Vertical : horizontal, where no size is known but pixels are not square. */
  pixelAspectRatio: { vertical: number; horizontal: number };
  imagePositionPatient: [number, number, number] | null;
  /** Direction of the first row, then of the first column. */
  imageOrientationPatient: [number, number, number, number, number, number] | null;
  sliceThicknessMm: number | null;
  frameOfReferenceUid: string;
  instanceNumber: number | null;
  /** Which of several passes over the same positions it belongs to. */
  pass: PassFacts;
  /** (0028,2110): the pixels went through a lossy compression at least once. */
  lossyCompressed: boolean;
  lossyRatios: number[];
  lossyMethods: string[];
  /** How it is played; null: a single frame. */
  cine: Cine | null;
}

/**
 * Describes one frame (from 1) of an image from its header, parsed or in the DICOM JSON model. Of many frames use {@link createImageReader}.
 * Throws `file-damaged` where the attributes describe no image.
 */
export function readImage(dataset: Attributes, frame = 1): ImageDescription {
  return createImageReader(dataset)(frame);
}

/**
 * Reads what all frames share once (tables, shape, padding), so that an object of thousands of frames costs each of them only its
 * own functional groups. Throws as {@link readImage}.
 */
export function createImageReader(dataset: Attributes): (frame: number) => ImageDescription {
  const overlays = readOverlayPlanes(dataset);
  const onlyOverlays = !hasPixels(dataset) && overlays.length > 0;
  const shape = onlyOverlays ? shapeOfOverlays(overlays) : pixelShape(dataset);
  const modality = findString(dataset, '00080060') ?? '';
  const bitsStored = (onlyOverlays ? undefined : findNumber(dataset, '00280101', 'US')) ?? shape.bitsAllocated;
  if (bitsStored < 1 || bitsStored > shape.bitsAllocated) {
    throw new Failure('invalid-message', 'more bits stored than allocated', { reason: 'file-damaged' });
  }
  const pixelRepresentation = findNumber(dataset, '00280103', 'US') === 1 ? 1 : 0;
  const signed = pixelRepresentation === 1;
  const shared = {
    numberOfFrames: shape.numberOfFrames,
    modality,
    overlays,
    onlyOverlays,
    rows: shape.rows,
    columns: shape.columns,
    bitsAllocated: shape.bitsAllocated,
    bitsStored,
    highBit: findNumber(dataset, '00280102', 'US') ?? bitsStored - 1,
    pixelRepresentation,
    sampleFormat: dataset.has(DOUBLE_FLOAT_PIXEL_DATA) ? 'double' : dataset.has(FLOAT_PIXEL_DATA) ? 'float' : 'integer',
    samplesPerPixel: shape.samplesPerPixel,
    photometricInterpretation: findString(dataset, '00280004') ?? (shape.samplesPerPixel === 1 ? 'MONOCHROME2' : 'RGB'),
    planarConfiguration: findNumber(dataset, '00280006', 'US') === 1 ? 1 : 0,
    pixelPadding: readPadding(dataset, signed),
    palette: findPalette(dataset, signed) ?? null,
    pixelAspectRatio: readAspectRatio(dataset),
    frameOfReferenceUid: findString(dataset, '00200052') ?? '',
    instanceNumber: findNumber(dataset, '00200013', 'IS') ?? null,
    lossyCompressed: findString(dataset, '00282110') === '01',
    lossyRatios: dataset.numbers('00282112', 'DS'),
    lossyMethods: dataset.strings('00282114').filter((method) => method !== ''),
    cine: shape.numberOfFrames > 1 ? readCine(dataset, shape.numberOfFrames) : null,
  } satisfies Partial<ImageDescription>;
  const transformationOf = createModalityReader(dataset, modality, signed);
  const tables = new Map<Attributes, LookupTable[]>();
  const passOf = createPassReader(dataset);
  const calibrationOf = createCalibrationReader(dataset, modality);
  return (frame) => {
    const transformation = transformationOf(frame);
    const voi = functionalGroup(dataset, frame, '00289132');
    // What a VOI LUT maps are the values after the rescale: HU are negative although the pixels are not.
    const voiLuts = tables.get(voi) ?? readVoiLuts(voi, signed || transformation.rescaleIntercept < 0);
    tables.set(voi, voiLuts);
    return {
      ...shared,
      frame,
      ...transformation,
      windows: readWindows(voi),
      voiLuts,
      calibration: calibrationOf(frame),
      pass: passOf(frame),
      ...readGeometry(dataset, frame),
    };
  };
}

/** As large as its overlays reach: an object without an image need not say how large it is (PS3.3 section A.12, retired). */
function shapeOfOverlays(overlays: OverlayPlane[]): PixelShape {
  const rows = Math.max(...overlays.map(({ top, rows }) => top + rows));
  const columns = Math.max(...overlays.map(({ left, columns }) => left + columns));
  return { rows, columns, samplesPerPixel: 1, bitsAllocated: 8, numberOfFrames: 1, frameBits: rows * columns * 8 };
}

const VOI_FUNCTIONS: VoiFunction[] = ['LINEAR', 'LINEAR_EXACT', 'SIGMOID'];

/** Windows without a usable width (below 1, or not above 0 where the function allows less) are left out, PS3.3 section C.11.2.1.2. */
function readWindows(group: Attributes): NamedVoiWindow[] {
  const stated = findString(group, '00281056');
  const voiFunction = VOI_FUNCTIONS.find((name) => name === stated) ?? 'LINEAR';
  const widths = group.numbers('00281051', 'DS');
  const explanations = group.strings('00281055');
  return group.numbers('00281050', 'DS').flatMap((center, index): NamedVoiWindow[] => {
    const width = widths[index] ?? 0;
    const usable = voiFunction === 'LINEAR' ? width >= 1 : width > 0;
    return usable ? [{ center, width, function: voiFunction, explanation: explanations[index] ?? '' }] : [];
  });
}

/** Of the frame's own group where it is enhanced (PS3.3 section C.7.6.16.2.10b), else of the image. */
function readVoiLuts(group: Attributes, signed: boolean): LookupTable[] {
  return group.items('00283010').flatMap((item) => findLookupTable(item, signed) ?? []);
}

/** Written as US by some devices where the pixels are signed: the pixel representation decides. */
function readPadding(dataset: Attributes, signed: boolean): { low: number; high: number } | null {
  const resign = (value: number) => (signed ? (value << 16) >> 16 : value & 0xffff);
  const value = findNumber(dataset, '00280120', signed ? 'SS' : 'US');
  if (value === undefined) return null;
  const limit = findNumber(dataset, '00280121', signed ? 'SS' : 'US') ?? value;
  return { low: Math.min(resign(value), resign(limit)), high: Math.max(resign(value), resign(limit)) };
}

function readAspectRatio(dataset: Attributes): { vertical: number; horizontal: number } {
  const [vertical = 1, horizontal = 1] = dataset.numbers('00280034', 'IS');
  return vertical > 0 && horizontal > 0 ? { vertical, horizontal } : { vertical: 1, horizontal: 1 };
}

function readGeometry(dataset: Attributes, frame: number) {
  const [x, y, z] = functionalGroup(dataset, frame, '00209113').numbers('00200032', 'DS');
  const [a, b, c, d, e, f] = functionalGroup(dataset, frame, '00209116').numbers('00200037', 'DS');
  const placed = x !== undefined && y !== undefined && z !== undefined;
  const oriented =
    a !== undefined && b !== undefined && c !== undefined && d !== undefined && e !== undefined && f !== undefined;
  return {
    imagePositionPatient: placed ? ([x, y, z] satisfies ImageDescription['imagePositionPatient']) : null,
    imageOrientationPatient: oriented
      ? ([a, b, c, d, e, f] satisfies ImageDescription['imageOrientationPatient'])
      : null,
    sliceThicknessMm: findNumber(functionalGroup(dataset, frame, '00289110'), '00180050', 'DS') ?? null,
  };
}
