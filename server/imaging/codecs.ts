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

/**
 * The WebAssembly codecs, each loaded when first needed. The server makes them with `createNodeCodecs`
 * (server/studies/codecs.ts); a browser passes to {@link createCodecs}, for each:
 *
 * ```ts
 * import factory from '@cornerstonejs/codec-charls/decodewasmjs';
 * import wasmUrl from '@cornerstonejs/codec-charls/decodewasm?url';
 * const jpegLs = () => factory({ locateFile: () => wasmUrl, print: () => {}, printErr: () => {} });
 * ```
 *
 * and likewise `codec-openjpeg/decodewasmjs`, `codec-libjpeg-turbo-8bit/decodewasmjs`, `codec-openjph/wasmjs` with its `wasm`.
 */
export interface Codecs {
  jpegLs(): Promise<CharlsModule>;
  jpeg2000(): Promise<OpenJpegModule>;
  htj2k(): Promise<OpenJphModule>;
  jpegBaseline(): Promise<LibJpegTurboModule>;
}

/** Loads each codec once; a load that failed (a dropped line) is tried again by the next frame. */
export function createCodecs(load: Codecs): Codecs {
  return {
    jpegLs: once(load.jpegLs),
    jpeg2000: once(load.jpeg2000),
    htj2k: once(load.htj2k),
    jpegBaseline: once(load.jpegBaseline),
  };
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
