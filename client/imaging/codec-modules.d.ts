// The codec packages carry no types; what their factories resolve with is described in server/formats/image/codecs.ts.
interface CodecModuleArguments {
  locateFile(): string;
  print(): void;
  printErr(): void;
}

declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  const factory: (parts: CodecModuleArguments) => Promise<import('../../server/formats/image/codecs.ts').CharlsModule>;
  export default factory;
}
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  const factory: (
    parts: CodecModuleArguments,
  ) => Promise<import('../../server/formats/image/codecs.ts').OpenJpegModule>;
  export default factory;
}
declare module '@cornerstonejs/codec-openjph/wasmjs' {
  const factory: (parts: CodecModuleArguments) => Promise<import('../../server/formats/image/codecs.ts').OpenJphModule>;
  export default factory;
}
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  const factory: (
    parts: CodecModuleArguments,
  ) => Promise<import('../../server/formats/image/codecs.ts').LibJpegTurboModule>;
  export default factory;
}
