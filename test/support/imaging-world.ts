import { type DicomFile, readDicomFile } from '../../server/formats/dicom/dicom-file.ts';
import { frameBytes, frameTransferSyntaxUid, locateFrames } from '../../server/formats/dicom/frames.ts';
import { parsedAttributes } from '../../server/formats/dicom/parsed-attributes.ts';
import { decodeFrame } from '../../server/formats/image/decode.ts';
import type { OverlayData } from '../../server/formats/image/draw-overlays.ts';
import { type ImageDescription, readImage } from '../../server/formats/image/image.ts';
import { overlayDataOf } from '../../server/formats/image/overlay-planes.ts';
import type { StoredPixels } from '../../server/formats/image/stored-pixels.ts';
import { createNodeCodecs } from '../../server/pictures/thread/node-codecs.ts';
import { readData, readReferences } from './data.ts';

/** What dcmtk, gdcm and OpenJPH found in a sample; `about` in references.json defines each figure. */
export interface Reference {
  sop?: string;
  rows?: number;
  cols?: number;
  transferSyntaxName?: string;
  pixels?: {
    sha256: string;
    lossy: boolean;
    decodedPhotometric: string;
    frame0: {
      min: number;
      max: number;
      mean: number;
      meanPerChannel?: number[];
      meanPerChannelByJpegMarkers?: number[];
    };
  };
  rendered8?: { voi: string; mean: number; min: number; max: number; png?: string };
}

export interface SeriesReference {
  files: number;
  positionAlongNormal: { first: number; last: number };
  spacing: { min: number; max: number };
  firstFileAlongNormal: string;
  lastFileAlongNormal: string;
}

type References = {
  dicom: Record<string, Reference>;
  series: Record<string, SeriesReference>;
};

const parsed: References = readReferences();
export const references = Object.entries(parsed.dicom);
export const seriesReferences = Object.entries(parsed.series);

export const codecs = createNodeCodecs();

export async function openSample(path: string): Promise<DicomFile> {
  return readDicomFile(await readData(path));
}

export function imageOf(file: DicomFile, frame = 1): ImageDescription {
  return readImage(parsedAttributes(file.dataset), frame);
}

export interface Decoded {
  image: ImageDescription;
  pixels: StoredPixels;
  /** Of the planes with data of their own and of those in the pixels. */
  overlays: OverlayData;
}

/** All frames, in order. */
export async function decodeSample(file: DicomFile, frames = Infinity): Promise<Decoded[]> {
  const locations = locateFrames(file);
  const decoded: Decoded[] = [];
  for (let frame = 1; frame <= Math.min(frames, locations.length); frame += 1) {
    const image = imageOf(file, frame);
    const uid = frameTransferSyntaxUid(file.transferSyntax);
    const pixels = await decodeFrame(frameBytes(file, frame, locations), image, uid, codecs);
    const overlays = { ...overlayDataOf(parsedAttributes(file.dataset)), ...pixels.overlays };
    decoded.push({ image, pixels, overlays });
  }
  return decoded;
}

export async function decodeFirst(path: string): Promise<Decoded> {
  const [first] = await decodeSample(await openSample(path), 1);
  if (first === undefined) throw new Error(`${path} has no frame`);
  return first;
}
