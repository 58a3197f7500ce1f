import charlsWasm from '@cornerstonejs/codec-charls/decodewasm?url';
import charls from '@cornerstonejs/codec-charls/decodewasmjs';
import libjpegWasm from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm?url';
import libjpeg from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs';
import openjpegWasm from '@cornerstonejs/codec-openjpeg/decodewasm?url';
import openjpeg from '@cornerstonejs/codec-openjpeg/decodewasmjs';
import openjphWasm from '@cornerstonejs/codec-openjph/wasm?url';
import openjph from '@cornerstonejs/codec-openjph/wasmjs';
import { type Codecs, createCodecs } from '../../server/formats/image/codecs.ts';

/** The decoders as files of our own origin; each is fetched when the first frame needs it. */
export function browserCodecs(): Codecs {
  const at = (wasmUrl: string) => ({ locateFile: () => wasmUrl, print: () => undefined, printErr: () => undefined });
  return createCodecs({
    jpegLs: () => charls(at(charlsWasm)),
    jpeg2000: () => openjpeg(at(openjpegWasm)),
    htj2k: () => openjph(at(openjphWasm)),
    jpegBaseline: () => libjpeg(at(libjpegWasm)),
  });
}
