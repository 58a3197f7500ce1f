import { Failure } from '../../contract/failure.ts';
import { transferSyntaxOf } from '../dicom/transfer-syntax.ts';
import type { Codecs } from './codecs.ts';
import { checkPlausible, checkSize, checkTileParts, jpeg2000Codestream, jpeg2000Size } from './codestream.ts';
import { embeddedOverlays } from './embedded-overlays.ts';
import type { ImageDescription } from './image.ts';
import { hasEndMarker, readJpegHead } from './jpeg/markers.ts';
import { decodeJpeg } from './jpeg-frame.ts';
import { decodeNative } from './native-frame.ts';
import { decodeRle } from './rle.ts';
import { interleaved, type StoredPixels, signExtended } from './stored-pixels.ts';
import { decodeWith, type WasmFrame } from './wasm-frame.ts';

/**
 * Decodes one frame as `frameBytes` or WADO-RS gives it (uncompressed samples little endian). Pure but for loading a codec:
 * the same frame gives the same pixels on the server and in a browser.
 *
 * Throws `transfer-syntax-unsupported` (video, private, 64-bit integers), `file-damaged`, `file-truncated`.
 */
export async function decodeFrame(
  encoded: Uint8Array,
  image: ImageDescription,
  transferSyntaxUid: string,
  codecs: Codecs,
): Promise<StoredPixels> {
  const { codec, name } = transferSyntaxOf(transferSyntaxUid);
  if (image.samplesPerPixel !== 1 && image.samplesPerPixel !== 3) {
    throw new Failure('invalid-message', 'four samples a pixel', { reason: 'transfer-syntax-unsupported' });
  }
  if (codec !== 'native') checkPlausible(encoded.length, image);
  switch (codec) {
    case 'native':
      return decodeNative(encoded, image);
    case 'rle':
      return decodeRleFrame(encoded, image);
    case 'jpeg-baseline':
    case 'jpeg-extended':
    case 'jpeg-lossless':
      return decodeJpeg(encoded, image, codecs);
    case 'jpeg-ls':
      return decodeJpegLs(encoded, image, codecs);
    case 'jpeg-2000': {
      const codestream = checkedCodestream(encoded, image);
      return fromCodestream(
        await decodeWith(codecs, 'jpeg2000', (module) => module.J2KDecoder, codestream, image),
        image,
      );
    }
    case 'htj2k': {
      const codestream = checkedCodestream(encoded, image);
      return fromCodestream(
        await decodeWith(codecs, 'htj2k', (module) => module.HTJ2KDecoder, codestream, image),
        image,
      );
    }
    default:
      throw new Failure('invalid-message', `frames in ${name} cannot be drawn`, {
        reason: 'transfer-syntax-unsupported',
      });
  }
}

function decodeRleFrame(encoded: Uint8Array, image: ImageDescription): StoredPixels {
  const { rows, columns, samplesPerPixel } = image;
  if (image.bitsAllocated === 1) return decodeRleBits(encoded, image);
  const bytes = decodeRle(encoded, rows * columns, samplesPerPixel, Math.max(1, image.bitsAllocated / 8));
  // RLE interleaves its segments' bytes here; the header's planes are those of the uncompressed form (PS3.5 section 8.2.2).
  return decodeNative(bytes, { ...image, planarConfiguration: 0 });
}

/** Eight pixels of one bit are a byte, PS3.5 section 8.1.1; some writers give each pixel a byte of its own. */
function decodeRleBits(encoded: Uint8Array, image: ImageDescription): StoredPixels {
  const pixels = image.rows * image.columns;
  const wide = tryRle(encoded, pixels);
  if (wide) return decodeNative(wide, { ...image, bitsAllocated: 8, highBit: 0 });
  return decodeNative(decodeRle(encoded, Math.ceil(pixels / 8), 1, 1), image);
}

/** undefined: the frame does not hold so many bytes. */
function tryRle(encoded: Uint8Array, bytes: number): Uint8Array | undefined {
  try {
    return decodeRle(encoded, bytes, 1, 1);
  } catch (error) {
    if (error instanceof Failure && error.reason === 'file-damaged') return undefined;
    throw error;
  }
}

async function decodeJpegLs(encoded: Uint8Array, image: ImageDescription, codecs: Codecs): Promise<StoredPixels> {
  const head = readJpegHead(encoded);
  checkSize({ rows: head.rows, columns: head.columns, components: head.components.length }, image);
  let planes = false;
  // Without its end marker CharLS searches on for seconds before it gives up; with one it knows at once that data is missing.
  const ended = hasEndMarker(encoded) ? encoded : withEndMarker(encoded);
  const frame = await decodeWith(
    codecs,
    'jpegLs',
    (module) => module.JpegLSDecoder,
    ended,
    image,
    (decoder) => {
      planes = image.samplesPerPixel > 1 && decoder.getInterleaveMode() === 0;
    },
  );
  const raw = planes ? interleaved(frame.raw, image.samplesPerPixel) : frame.raw;
  const { rows, columns, samplesPerPixel, photometricInterpretation } = image;
  const data = withSign({ ...frame, raw }, image);
  return { rows, columns, samplesPerPixel, photometricInterpretation, data, ...embeddedOverlays(raw, image) };
}

function checkedCodestream(encoded: Uint8Array, image: ImageDescription): Uint8Array {
  const codestream = jpeg2000Codestream(encoded);
  checkSize(jpeg2000Size(codestream), image);
  checkTileParts(codestream);
  return codestream;
}

function withEndMarker(encoded: Uint8Array): Uint8Array {
  const ended = new Uint8Array(encoded.length + 2);
  ended.set(encoded);
  ended.set([0xff, 0xd9], encoded.length);
  return ended;
}

/** JPEG 2000 streams undo their own colour transform, so YBR_RCT and YBR_ICT come out as RGB (PS3.5 section 8.2.4). */
function fromCodestream(frame: WasmFrame, image: ImageDescription): StoredPixels {
  const { rows, columns, samplesPerPixel, photometricInterpretation: stated } = image;
  const photometricInterpretation =
    samplesPerPixel === 3 && stated.startsWith('YBR_') && stated !== 'YBR_FULL' ? 'RGB' : stated;
  const data = withStreamSign(frame, image);
  return { rows, columns, samplesPerPixel, photometricInterpretation, data, ...embeddedOverlays(frame.raw, image) };
}

/** The header's sign counts, also where the stream was written without one (a known fault); the stream's bits are the low ones. */
function withSign(frame: WasmFrame, image: ImageDescription) {
  const highBit = image.bitsStored - 1;
  return signExtended(frame.raw, { ...image, highBit });
}

/**
 * A JPEG 2000 stream that says it is signed is so, also under a header that says unsigned: air would be the brightest value there is.
 * ISO/IEC 15444-1 section A.5.1, Ssiz.
 */
function withStreamSign(frame: WasmFrame, image: ImageDescription) {
  if (!frame.isSigned || image.pixelRepresentation === 1) return withSign(frame, image);
  const { bitsPerSample: bitsStored } = frame;
  return signExtended(frame.raw, { ...image, pixelRepresentation: 1, bitsStored, highBit: bitsStored - 1 });
}
