import { Failure } from '../../contract/failure.ts';
import { type Attributes, findNumber, findString } from './attributes.ts';
import type { DicomElement } from './dataset.ts';
import type { DicomFile } from './dicom-file.ts';
import { parsedAttributes } from './parsed-attributes.ts';

export const PIXEL_DATA = '7FE00010';
export const FLOAT_PIXEL_DATA = '7FE00008';
export const DOUBLE_FLOAT_PIXEL_DATA = '7FE00009';
/** Of Philips (ELSCINT1), in a compression of its own. */
export const PRIVATE_PIXEL_DATA = '07A1100A';

/** How many bits a frame of samples takes when it is not compressed, and how many frames there are. */
export interface PixelShape {
  rows: number;
  columns: number;
  samplesPerPixel: number;
  bitsAllocated: number;
  numberOfFrames: number;
  /** Bits of one frame as stored: 1-bit frames follow one another without a gap (PS3.5 section 8.1.1). */
  frameBits: number;
}

export function findPixelElement(file: DicomFile): DicomElement | undefined {
  const { elements } = file.dataset;
  return elements.get(PIXEL_DATA) ?? elements.get(FLOAT_PIXEL_DATA) ?? elements.get(DOUBLE_FLOAT_PIXEL_DATA);
}

/** Also of metadata in the DICOM JSON model, where pixels are an address. */
export function hasPixels(attributes: Attributes): boolean {
  return [PIXEL_DATA, FLOAT_PIXEL_DATA, DOUBLE_FLOAT_PIXEL_DATA, PRIVATE_PIXEL_DATA].some((tag) => attributes.has(tag));
}

/** Throws `file-damaged` where the attributes describe no image. */
export function pixelShape(attributes: Attributes): PixelShape {
  const rows = findNumber(attributes, '00280010', 'US') ?? 0;
  const columns = findNumber(attributes, '00280011', 'US') ?? 0;
  const samplesPerPixel = findNumber(attributes, '00280002', 'US') ?? 1;
  const bitsAllocated = attributes.has(DOUBLE_FLOAT_PIXEL_DATA)
    ? 64
    : attributes.has(FLOAT_PIXEL_DATA)
      ? 32
      : (findNumber(attributes, '00280100', 'US') ?? 0);
  const numberOfFrames = Math.max(1, Math.trunc(findNumber(attributes, '00280008', 'IS') ?? 1));
  if (rows < 1 || columns < 1 || ![1, 8, 16, 32, 64].includes(bitsAllocated) || ![1, 3, 4].includes(samplesPerPixel)) {
    throw new Failure('invalid-message', 'the image attributes contradict one another', { reason: 'file-damaged' });
  }
  // YBR_FULL_422 stores one pair of colour differences for two pixels (PS3.3 section C.7.6.3.1.2).
  const halved = samplesPerPixel === 3 && findString(attributes, '00280004') === 'YBR_FULL_422';
  const frameBits = rows * columns * (halved ? 2 : samplesPerPixel) * bitsAllocated;
  return { rows, columns, samplesPerPixel, bitsAllocated, numberOfFrames, frameBits };
}

/** Throws `file-truncated` where pixel data is shorter than described, `file-damaged` where it cannot be what is described. */
export function checkPixelData(file: DicomFile): void {
  const element = findPixelElement(file);
  if (element === undefined) return;
  const shape = pixelShape(parsedAttributes(file.dataset));
  if (file.transferSyntax.codec === 'native') {
    if (element.fragments !== undefined) {
      throw new Failure('invalid-message', 'compressed frames in an uncompressed file', { reason: 'file-damaged' });
    }
    const expectedBytes = Math.ceil((shape.frameBits * shape.numberOfFrames) / 8);
    if (element.length < expectedBytes) tooShort(`${element.length} bytes of pixel data, ${expectedBytes} described`);
  } else if (element.fragments !== undefined && file.transferSyntax.codec !== null) {
    const [, ...fragments] = element.fragments;
    if (fragments.length < shape.numberOfFrames)
      tooShort(`${fragments.length} fragments, ${shape.numberOfFrames} frames`);
  }
}

function tooShort(message: string): never {
  throw new Failure('invalid-message', message, { reason: 'file-truncated' });
}
