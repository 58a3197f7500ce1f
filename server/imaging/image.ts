import type { Calibration } from './calibration.ts';
import type { LookupTable, Palette } from './lookup-table.ts';

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
  windows: NamedVoiWindow[];
  voiLuts: LookupTable[];
  /** Stored values from `low` to `high` are padding, PS3.3 C.7.5.1.1.2. */
  pixelPadding: { low: number; high: number } | null;
  palette: Palette | null;
  calibration: Calibration;
  /** Vertical : horizontal, where no size is known but pixels are not square. */
  pixelAspectRatio: { vertical: number; horizontal: number };
  imagePositionPatient: [number, number, number] | null;
  /** Direction of the first row, then of the first column. */
  imageOrientationPatient: [number, number, number, number, number, number] | null;
  sliceThicknessMm: number | null;
  frameOfReferenceUid: string;
  instanceNumber: number | null;
  /** (0028,2110): the pixels went through a lossy compression at least once. */
  lossyCompressed: boolean;
  lossyRatios: number[];
  lossyMethods: string[];
  /** Time from frame to frame for cine, (0018,1063) or from (0018,0040), (0008,2144); null: not stated. */
  frameTimeMs: number | null;
}
