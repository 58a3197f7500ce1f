import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  type CharlsModule,
  type Codecs,
  createCodecs,
  type LibJpegTurboModule,
  type OpenJpegModule,
  type OpenJphModule,
} from '../../formats/image/codecs.ts';

interface FactoryOptions {
  wasmBinary: Uint8Array;
  print: () => void;
  printErr: () => void;
}
type Factory<M> = (options: FactoryOptions) => Promise<M>;

const require = createRequire(import.meta.url);

/** The WebAssembly codecs of the packages, loaded from disk when a frame first needs them. */
export function createNodeCodecs(): Codecs {
  return createCodecs({
    jpegLs: () => load<CharlsModule>('@cornerstonejs/codec-charls', 'decodewasm'),
    jpeg2000: () => load<OpenJpegModule>('@cornerstonejs/codec-openjpeg', 'decodewasm'),
    htj2k: () => load<OpenJphModule>('@cornerstonejs/codec-openjph', 'wasm'),
    jpegBaseline: () => load<LibJpegTurboModule>('@cornerstonejs/codec-libjpeg-turbo-8bit', 'decodewasm'),
  });
}

/** The codecs print what they find wrong in a frame; the failure that follows says it to whoever asked. */
async function load<M>(packageName: string, entry: string): Promise<M> {
  const factory: Factory<M> = require(`${packageName}/${entry}js`);
  const wasmBinary = await readFile(require.resolve(`${packageName}/${entry}`));
  return factory({ wasmBinary, print: () => undefined, printErr: () => undefined });
}
