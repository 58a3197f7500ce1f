/** What the WebAssembly codecs of `@cornerstonejs` tell about a decoded frame. */
export interface CodecFrameInfo {
  width: number;
  height: number;
  bitsPerSample: number;
  componentCount: number;
  isSigned: boolean;
}

/** One decoder object in a codec's memory. `delete` frees it; buffers are views of that memory until then. */
export interface CodecDecoder {
  getEncodedBuffer(sizeBytes: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  getFrameInfo(): CodecFrameInfo;
  delete(): void;
}

export interface JpegLsDecoder extends CodecDecoder {
  /** 0: plane after plane; 1 and 2: by line and by sample, both given back by pixel. */
  getInterleaveMode(): number;
}

export interface CharlsModule {
  JpegLSDecoder: new () => JpegLsDecoder;
}
export interface OpenJpegModule {
  J2KDecoder: new () => CodecDecoder;
}
export interface OpenJphModule {
  HTJ2KDecoder: new () => CodecDecoder;
}
export interface LibJpegTurboModule {
  JPEGDecoder: new () => CodecDecoder;
}

export interface CodecModules {
  jpegLs: CharlsModule;
  jpeg2000: OpenJpegModule;
  htj2k: OpenJphModule;
  jpegBaseline: LibJpegTurboModule;
}
export type CodecName = keyof CodecModules;

/**
 * How to get a fresh instance of each codec. The server's are in server/pictures/thread/node-codecs.ts; a browser passes, for each:
 *
 * ```ts
 * import factory from '@cornerstonejs/codec-charls/decodewasmjs';
 * import wasmUrl from '@cornerstonejs/codec-charls/decodewasm?url';
 * const jpegLs = () => factory({ locateFile: () => wasmUrl, print: () => {}, printErr: () => {} });
 * ```
 *
 * and likewise `codec-openjpeg/decodewasmjs`, `codec-libjpeg-turbo-8bit/decodewasmjs`, `codec-openjph/wasmjs` with its `wasm`.
 */
export type CodecLoaders = { [N in CodecName]: () => Promise<CodecModules[N]> };

/** The WebAssembly codecs, each loaded when a frame first needs it. */
export interface Codecs {
  load<N extends CodecName>(name: N): Promise<CodecModules[N]>;
  /**
   * Forgets an instance that a damaged frame may have left in disorder: its memory is one for all frames, so the next frame
   * gets a new one.
   */
  discard(name: CodecName): void;
}

/** Keeps one instance of each codec. A load that failed (a dropped line) is tried again by the next frame. */
export function createCodecs(loaders: CodecLoaders): Codecs {
  const loading: { [N in CodecName]?: Promise<CodecModules[N]> | undefined } = {};
  const discard = (name: CodecName) => {
    loading[name] = undefined;
  };
  const load = <N extends CodecName>(name: N): Promise<CodecModules[N]> => {
    const known: Promise<CodecModules[N]> | undefined = loading[name];
    if (known !== undefined) return known;
    const loader: () => Promise<CodecModules[N]> = loaders[name];
    const fresh = loader().catch((error: unknown) => {
      discard(name);
      throw error;
    });
    Object.assign(loading, { [name]: fresh });
    return fresh;
  };
  return { load, discard };
}
