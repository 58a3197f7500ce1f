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

/** A decoder's code, and one instance of it with its memory: both only handed on here. */
type CompiledModule = object;
type Instance = object;
/** What is used of it: the types of Node do not know it. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<CompiledModule>;
  Instance: new (module: CompiledModule, imports: object) => Instance;
};

interface FactoryOptions {
  /** How Emscripten lets others make the instance; it gets the instance's exports back. */
  instantiateWasm: (imports: object, receive: (instance: Instance) => object) => object;
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

/** By its file: an instance is made anew after each damaged frame. */
const compiled = new Map<string, Promise<CompiledModule>>();

function compile(file: string): Promise<CompiledModule> {
  const known = compiled.get(file) ?? readFile(file).then((bytes) => WebAssembly.compile(bytes));
  compiled.set(file, known);
  // What could not be read is read again by the next frame.
  known.catch(() => compiled.delete(file));
  return known;
}

/** The codecs print what they find wrong in a frame; the failure that follows says it to whoever asked. */
async function load<M>(packageName: string, entry: string): Promise<M> {
  const factory: Factory<M> = require(`${packageName}/${entry}js`);
  const module = await compile(require.resolve(`${packageName}/${entry}`));
  return factory({
    instantiateWasm: (imports, receive) => receive(new WebAssembly.Instance(module, imports)),
    print: () => undefined,
    printErr: () => undefined,
  });
}
