/**
 * What is used of dicom-parser 1.8.21. Its own declarations lack a default export, the only one that Node sees, and ask for
 * the package's stream where any object of this shape does.
 */
declare module 'dicom-parser' {
  /** What the package reads from: {@link import('./guarded-stream.ts').GuardedStream} is ours. */
  export interface ParserStream {
    byteArray: Uint8Array;
    byteArrayParser: unknown;
    position: number;
    warnings: string[];
    seek(bytes: number): void;
    readUint16(): number;
    readUint32(): number;
    readFixedString(length: number): string;
  }

  export interface ParsedElement {
    /** `x` and eight lower-case hex digits. */
    tag: string;
    vr?: string | undefined;
    /** Of the value; 0xFFFFFFFF as long as it is undefined and the value unread. */
    length: number;
    dataOffset: number;
    hadUndefinedLength?: boolean;
    items?: ParsedItem[] | undefined;
    encapsulatedPixelData?: boolean;
    /** The Basic Offset Table's entries; not among the fragments. */
    basicOffsetTable?: number[];
    fragments?: { position: number; length: number }[];
  }

  export interface ParsedItem {
    dataOffset: number;
    length: number;
    dataSet: { elements: Record<string, ParsedElement> };
  }

  /** Asked after the tag of each element in implicit VR, before its length is read. */
  type VrOf = (tag: string) => string | undefined;

  interface DicomParser {
    littleEndianByteArrayParser: unknown;
    readTag(stream: ParserStream): string;
    /** With the element's own tag as `untilTag` only its head is read. */
    readDicomElementExplicit(stream: ParserStream, warnings: string[], untilTag?: string): ParsedElement;
    readDicomElementImplicit(stream: ParserStream, untilTag?: string, vrOf?: VrOf): ParsedElement;
    readSequenceItemsExplicit(stream: ParserStream, element: ParsedElement, warnings: string[]): void;
    readSequenceItemsImplicit(stream: ParserStream, element: ParsedElement, vrOf?: VrOf): void;
    findEndOfEncapsulatedElement(stream: ParserStream, element: ParsedElement, warnings: string[]): void;
  }

  const dicomParser: DicomParser;
  export default dicomParser;
}
