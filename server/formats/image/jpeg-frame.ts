import { Failure } from '../../contract/failure.ts';
import type { Codecs } from './codecs.ts';
import { checkSize } from './codestream.ts';
import { embeddedOverlays } from './embedded-overlays.ts';
import type { ImageDescription } from './image.ts';
import { decodeDctJpeg } from './jpeg/dct.ts';
import { decodeLosslessJpeg } from './jpeg/lossless.ts';
import { hasEndMarker, type JpegColorMarkers, type JpegFrame, readJpegHead } from './jpeg/markers.ts';
import { type StoredPixels, signExtended } from './stored-pixels.ts';
import { decodeWith, type WasmFrame } from './wasm-frame.ts';

/**
 * Decodes a frame of the JPEG family (not JPEG-LS) by what the stream is, which is not always what the transfer syntax says:
 * 8-bit DCT by libjpeg-turbo, 12-bit DCT and lossless here. Throws `file-damaged`, `transfer-syntax-unsupported`
 * (arithmetic coding, hierarchical).
 */
export async function decodeJpeg(encoded: Uint8Array, image: ImageDescription, codecs: Codecs): Promise<StoredPixels> {
  const head = readJpegHead(encoded);
  checkSize({ rows: head.rows, columns: head.columns, components: head.components.length }, image);
  const { rows, columns, samplesPerPixel, photometricInterpretation } = image;
  const shape = { rows, columns, samplesPerPixel };
  if (head.process === 3) {
    const raw = decodeLosslessJpeg(encoded);
    return { ...shape, photometricInterpretation, data: fitted(raw, image), ...embeddedOverlays(raw, image) };
  }
  if (head.process > 2) {
    throw new Failure('invalid-message', `JPEG process ${head.process}`, { reason: 'transfer-syntax-unsupported' });
  }
  // libjpeg paints what is missing of a cut stream gray; the decoder here refuses it, but needs no EOI marker to be content.
  const strictly = head.precision > 8 || !hasEndMarker(encoded);
  if (samplesPerPixel === 1) {
    const raw = (strictly ? undefined : await turbo(encoded, image, codecs)) ?? decodeDctJpeg(encoded);
    return { ...shape, photometricInterpretation, data: fitted(raw, image) };
  }
  const ycc = isYcc(head, image);
  // libjpeg goes by the markers alone, so where there are none it is told.
  const marked = head.jfif || head.adobeTransform !== null ? encoded : withAdobeMarker(encoded, ycc ? 1 : 0);
  const rgb = strictly ? undefined : await turbo(marked, image, codecs);
  if (rgb !== undefined) return { ...shape, photometricInterpretation: 'RGB', data: rgb };
  return { ...shape, photometricInterpretation: ycc ? 'YBR_FULL' : 'RGB', data: decodeDctJpeg(encoded) };
}

/**
 * undefined where libjpeg does not take the stream: it stops at what it should only warn of (bytes too many before the end, a scan header
 * that says Se = 0). The decoder here then says whether anything is missing.
 */
async function turbo(
  encoded: Uint8Array,
  image: ImageDescription,
  codecs: Codecs,
): Promise<WasmFrame['raw'] | undefined> {
  try {
    return (await decodeWith(codecs, 'jpegBaseline', (module) => module.JPEGDecoder, encoded, image)).raw;
  } catch (error) {
    if (error instanceof Failure && error.reason === 'file-damaged') return undefined;
    throw error;
  }
}

/** Samples in as many bytes as the header allocates, whatever the precision of the stream made of them. */
function fitted(raw: Uint8Array | Uint16Array, image: ImageDescription) {
  if (image.bitsAllocated === 16 && raw instanceof Uint8Array) return signExtended(Uint16Array.from(raw), image);
  if (image.bitsAllocated === 8 && raw instanceof Uint16Array) return signExtended(Uint8Array.from(raw), image);
  return signExtended(raw, image);
}

/**
 * Whether three components are YCbCr. The stream's own word counts more than the header's, since slide scanners write RGB there
 * over YCbCr tiles: Adobe's transform, JFIF (which knows nothing but YCbCr), components named R, G and B, components of
 * different size (never RGB). Only where the stream is silent does the header decide.
 */
export function isYcc(
  head: JpegFrame & JpegColorMarkers,
  image: Pick<ImageDescription, 'photometricInterpretation'>,
): boolean {
  if (head.adobeTransform !== null) return head.adobeTransform !== 0;
  if (head.jfif) return true;
  if (head.components.map(({ id }) => String.fromCharCode(id)).join('') === 'RGB') return false;
  const [first] = head.components;
  const subsampled = head.components.some(
    ({ horizontal, vertical }) => horizontal !== first?.horizontal || vertical !== first.vertical,
  );
  return subsampled || image.photometricInterpretation !== 'RGB';
}

/** An APP14 segment right after SOI, as libjpeg reads it: version 100, no flags, the transform. */
function withAdobeMarker(encoded: Uint8Array, transform: 0 | 1): Uint8Array {
  const segment = [0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, transform];
  const marked = new Uint8Array(encoded.length + segment.length);
  marked.set(encoded.subarray(0, 2));
  marked.set(segment, 2);
  marked.set(encoded.subarray(2), 2 + segment.length);
  return marked;
}
