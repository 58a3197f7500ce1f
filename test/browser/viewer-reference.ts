import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import type { ImagingViewport } from '../../server/contract/imaging.ts';
import { readDicomFile } from '../../server/formats/dicom/dicom-file.ts';
import { frameBytes } from '../../server/formats/dicom/frames.ts';
import { headerOf } from '../../server/formats/dicom/header.ts';
import { parsedAttributes } from '../../server/formats/dicom/parsed-attributes.ts';
import { readImage } from '../../server/formats/image/image.ts';
import { decodeNative } from '../../server/formats/image/native-frame.ts';
import { renderRgba } from '../../server/formats/image/render.ts';
import { dataPath, readData } from '../support/data.ts';
import { imagingViewport } from '../support/imaging-parts.ts';
import type { ViewerDesk } from './viewer-desk.ts';

export const CT = 'dicom/series/ct-chest-lidc0314';
export const SIDE = 512;

/** The bytes of the file that holds the instance. */
export async function fileOf(sopInstanceUid: string): Promise<Uint8Array> {
  for (const name of await readdir(dataPath(CT))) {
    const bytes = await readData(`${CT}/${name}`);
    if (headerOf(readDicomFile(bytes)).sopInstanceUid === sopInstanceUid) return bytes;
  }
  throw new Error('no such instance');
}

async function expectedRgba({ target, voi, invert }: ImagingViewport): Promise<Uint8ClampedArray> {
  const file = readDicomFile(await fileOf(target.sopInstanceUid));
  const image = readImage(parsedAttributes(file.dataset));
  return renderRgba(decodeNative(frameBytes(file, 1), image), image, voi, invert);
}

export const shown = async (desk: ViewerDesk): Promise<ImagingViewport> => imagingViewport(await desk.viewport());

/**
 * How many canvas pixels differ from the picture at 1:1, its centre in the middle of the canvas.
 * @param from where a pixel of the upright, turned or mirrored picture comes from in the file
 */
export async function differences(
  desk: ViewerDesk,
  from: (x: number, y: number) => [number, number] = (x, y) => [x, y],
): Promise<number> {
  const rgba = await expectedRgba(await shown(desk));
  const { width, height, data } = await desk.pixels();
  const [left, top] = [Math.round(width / 2 - SIDE / 2), Math.round(height / 2 - SIDE / 2)];
  assert.ok(left >= 0 && top >= 0, 'the whole picture is in the window');
  let different = 0;
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) {
      const [column, row] = from(x, y);
      const gray = rgba[(row * SIDE + column) * 4];
      const at = ((top + y) * width + left + x) * 4;
      if (data[at] !== gray || data[at + 1] !== gray || data[at + 2] !== gray) different++;
    }
  return different;
}

/** The SOP Instance UIDs of the series, the slice nearest the head first. */
export async function uidsDownwards(): Promise<string[]> {
  const files = await Promise.all(
    (await readdir(dataPath(CT))).map(async (name) => {
      const file = readDicomFile(await readData(`${CT}/${name}`));
      const z = readImage(parsedAttributes(file.dataset)).imagePositionPatient?.[2] ?? 0;
      return { uid: headerOf(file).sopInstanceUid, z };
    }),
  );
  return files.sort((a, b) => b.z - a.z).map(({ uid }) => uid);
}
