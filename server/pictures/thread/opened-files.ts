import { open } from 'node:fs/promises';
import { readFully } from '../../archive/durable.ts';
import { Failure } from '../../contract/failure.ts';
import { type FrameLocation, frameBytes, locateFrames } from '../../formats/dicom/frames.ts';
import { parsedAttributes } from '../../formats/dicom/parsed-attributes.ts';
import { findPixelElement } from '../../formats/dicom/pixel-data.ts';
import type { OverlayData } from '../../formats/image/draw-overlays.ts';
import { createImageReader, type ImageDescription } from '../../formats/image/image.ts';
import { overlayDataOf } from '../../formats/image/overlay-planes.ts';
import { createLru } from '../../formats/lru.ts';
import { correctFragments, isFragment, type OpenedFile, openFile, openWhole } from './open-file.ts';
import type { LocalFile } from './tasks.ts';

/** What may stay in memory for the next frame of the same file. */
const CACHE_BYTES = 96 * 1024 ** 2;

export interface ImageFile extends OpenedFile {
  /** The bytes of one frame (from 1) as {@link frameBytes} gives them. @throws Failure not-found */
  readFrame(frame: number): Promise<Uint8Array>;
  /** What one frame (from 1) needs to be drawn. @throws Failure file-damaged */
  describe(frame: number): ImageDescription;
  /** Bits of the overlays that have data of their own. */
  overlays(): OverlayData;
}

/** Files that were used last; a multi-frame image is asked for frame by frame. Stored files never change. */
const cache = createLru<ImageFile>({ limit: CACHE_BYTES, sizeOf: ({ file }) => file.dataset.bytes.length });

export async function openImage(local: LocalFile): Promise<ImageFile> {
  const cached = cache.get(local.path);
  if (cached) return cached;
  const image = toImage(local, await openFile(local, 'table'));
  cache.set(local.path, image);
  return image;
}

function toImage(local: LocalFile, opened: OpenedFile): ImageFile {
  let located: Promise<FrameLocation[]> | undefined;
  let reader: ((frame: number) => ImageDescription) | undefined;
  return {
    ...opened,
    async readFrame(frame) {
      located ??= locate(local, opened);
      if (opened.isWhole) return frameBytes(opened.file, frame, await located);
      const told = await readLocation(local, opened, frame, await located);
      if (told !== undefined) return told;
      // What stands on the disk counts, not what the file's own table says of it.
      located = relocate(local, opened);
      const found = await readLocation(local, opened, frame, await located);
      if (found === undefined) throw new Failure('invalid-message', 'fragments that move', { reason: 'file-damaged' });
      return found;
    },
    describe(frame) {
      // Kept with the file: a series of requests for single frames reads the header once.
      reader ??= createImageReader(parsedAttributes(opened.file.dataset));
      return reader(frame);
    },
    overlays: () => overlayDataOf(parsedAttributes(opened.file.dataset)),
  };
}

async function locate(local: LocalFile, opened: OpenedFile): Promise<FrameLocation[]> {
  const { codec, name } = opened.file.transferSyntax;
  try {
    return locateFrames(opened.file);
  } catch (err) {
    // A video's frames are not kept apart (PS3.5 section 8.2.5): its file is whole all the same.
    if (codec === null && err instanceof Failure && err.reason !== 'no-pixels')
      throw new Failure('invalid-message', `frames in ${name} cannot be told apart`, {
        reason: 'transfer-syntax-unsupported',
      });
    // Without an offset table frames are told apart by how their bytes begin, which only the whole file shows; once they
    // are found it is let go.
    if (opened.isWhole || !(err instanceof Failure) || err.reason !== 'file-damaged') throw err;
    return locateFrames((await openWhole(local)).file);
  }
}

async function relocate(local: LocalFile, opened: OpenedFile): Promise<FrameLocation[]> {
  const element = findPixelElement(opened.file);
  if (element !== undefined) await correctFragments(local, element);
  return locate(local, opened);
}

/** Frames of a large file are read from the disk one by one. @returns undefined where a fragment is not where it was said to be. */
async function readLocation(
  local: LocalFile,
  { file }: OpenedFile,
  frame: number,
  locations: FrameLocation[],
): Promise<Uint8Array | undefined> {
  const location = locations[frame - 1];
  if (location === undefined) throw new Failure('not-found', `no frame ${frame}`);
  const areFragments = findPixelElement(file)?.fragments !== undefined;
  const handle = await open(local.path, 'r');
  try {
    const pieces: Uint8Array[] = [];
    for (const part of location.parts) {
      if (areFragments && !(await isFragment(handle, part))) return undefined;
      pieces.push(await readFully(handle, part.offset, part.length));
    }
    const bytes = Buffer.concat(pieces);
    const at = { parts: [{ offset: 0, length: bytes.length }], skipBits: location.skipBits };
    // The byte order is little here (see openFile), so that nothing but the bits' alignment is left to do.
    return frameBytes({ ...file, dataset: { ...file.dataset, bytes } }, 1, [at]);
  } finally {
    await handle.close();
  }
}
