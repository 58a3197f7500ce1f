import { frameTransferSyntaxUid } from '../../formats/dicom/frames.ts';
import { decodeFrame } from '../../formats/image/decode.ts';
import type { ImageDescription } from '../../formats/image/image.ts';
import { blankPixels, type StoredPixels } from '../../formats/image/stored-pixels.ts';
import { createNodeCodecs } from '../thread/node-codecs.ts';
import { type ImageFile, openImage } from '../thread/opened-files.ts';
import type { LocalFile } from '../thread/tasks.ts';

const codecs = createNodeCodecs();

/** `asStored`: encoded as they lie in the file; otherwise samples, little endian. */
export async function readFrames({
  frames,
  asStored,
  ...local
}: LocalFile & { frames: number[]; asStored: boolean }): Promise<Uint8Array[]> {
  const image = await openImage(local);
  const results: Uint8Array[] = [];
  for (const frame of frames) {
    if (asStored || image.file.transferSyntax.codec === 'native') {
      // A copy: the file itself stays here for the next frame.
      results.push((await image.readFrame(frame)).slice());
    } else {
      const { pixels, description } = await decode(image, frame);
      results.push(toSampleBytes(pixels, description));
    }
  }
  return results;
}

export async function decode(
  image: ImageFile,
  frame: number,
): Promise<{ pixels: StoredPixels; description: ImageDescription }> {
  const description = image.describe(frame);
  if (description.onlyOverlays) return { pixels: blankPixels(description), description };
  const encoded = await image.readFrame(frame);
  const uid = frameTransferSyntaxUid(image.file.transferSyntax);
  return { pixels: await decodeFrame(encoded, description, uid, codecs), description };
}

/** Samples as Explicit VR Little Endian holds them: each in the bits allocated, PS3.5 section 8.1.1. */
function toSampleBytes({ data }: StoredPixels, { bitsAllocated }: ImageDescription): Uint8Array {
  if (bitsAllocated <= 8 || data.BYTES_PER_ELEMENT * 8 === bitsAllocated) {
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
  }
  const wide = bitsAllocated === 16 ? new Int16Array(data.length) : new Int32Array(data.length);
  wide.set(data);
  return new Uint8Array(wide.buffer);
}
