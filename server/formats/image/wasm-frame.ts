import { Failure } from '../../contract/failure.ts';
import type { CodecDecoder, CodecModules, CodecName, Codecs } from './codecs.ts';
import { checkSize, type FrameSize } from './codestream.ts';
import { toWords } from './stored-pixels.ts';

/** What a WebAssembly decoder made of a frame, copied out of its memory. */
export interface WasmFrame {
  raw: Uint8Array | Uint16Array;
  bitsPerSample: number;
  /** As the stream says. */
  isSigned: boolean;
}

/**
 * Runs one decoder over one frame and frees it. Throws `file-damaged` for whatever the codec throws (numbers, C++ exceptions,
 * traps; the instance is then not used again) or where the result is not of the size that the header says.
 *
 * @param constructorIn the decoder's class in its module.
 * @param afterwards sees the decoder before it is freed.
 */
export async function decodeWith<N extends CodecName, D extends CodecDecoder>(
  codecs: Codecs,
  name: N,
  constructorIn: (module: CodecModules[N]) => new () => D,
  encoded: Uint8Array,
  image: FrameSize,
  afterwards?: (decoder: D) => void,
): Promise<WasmFrame> {
  const Decoder = constructorIn(await codecs.load(name));
  try {
    const decoder = new Decoder();
    const frame = runDecoder(decoder, encoded, image);
    afterwards?.(decoder);
    decoder.delete();
    return frame;
  } catch (error) {
    codecs.discard(name);
    if (error instanceof Failure) throw error;
    throw new Failure('invalid-message', 'a compressed frame cannot be decoded', {
      reason: 'file-damaged',
      cause: error,
    });
  }
}

function runDecoder(decoder: CodecDecoder, encoded: Uint8Array, image: FrameSize): WasmFrame {
  decoder.getEncodedBuffer(encoded.length).set(encoded);
  decoder.decode();
  const { width, height, componentCount, bitsPerSample, isSigned } = decoder.getFrameInfo();
  checkSize({ rows: height, columns: width, components: componentCount }, image);
  const bytes = decoder.getDecodedBuffer();
  const needed = width * height * componentCount * (bitsPerSample > 8 ? 2 : 1);
  if (bytes.length < needed) throw new Error('the decoder gave too little');
  const copy = bytes.slice(0, needed);
  return { raw: bitsPerSample > 8 ? toWords(copy) : copy, bitsPerSample, isSigned };
}
