// The codec packages carry no types; what their factories resolve with is described in server/imaging/codecs.ts.
interface CodecModuleArguments {
  locateFile(): string;
  print(): void;
  printErr(): void;
}

declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  const factory: (parts: CodecModuleArguments) => Promise<import('../../server/imaging/codecs.ts').CharlsModule>;
  export default factory;
}
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  const factory: (parts: CodecModuleArguments) => Promise<import('../../server/imaging/codecs.ts').OpenJpegModule>;
  export default factory;
}
declare module '@cornerstonejs/codec-openjph/wasmjs' {
  const factory: (parts: CodecModuleArguments) => Promise<import('../../server/imaging/codecs.ts').OpenJphModule>;
  export default factory;
}
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  const factory: (parts: CodecModuleArguments) => Promise<import('../../server/imaging/codecs.ts').LibJpegTurboModule>;
  export default factory;
}
