/** How a dataset's elements are written, PS3.5 section 7.1. */
export interface Encoding {
  explicit: boolean;
  littleEndian: boolean;
}

/** One item of encapsulated pixel data: where its value lies in the dataset's bytes. */
export interface Fragment {
  offset: number;
  length: number;
}

/** One data element: where its value lies, not the value. */
export interface DicomElement {
  /** Eight upper-case hex digits, `00100010`. */
  tag: string;
  /** As the file says; undefined in implicit VR. */
  vr: string | undefined;
  /** Of the value, in the dataset's bytes. */
  offset: number;
  /** Of the value, in bytes; of an undefined length what was found. */
  length: number;
  items?: Dataset[];
  /** Encapsulated pixel data, PS3.5 A.4; the first is the Basic Offset Table. */
  fragments?: Fragment[];
}

/** A parsed dataset or sequence item; its elements point into `bytes`, which all items of a file share. */
export interface Dataset extends Encoding {
  bytes: Uint8Array;
  elements: Map<string, DicomElement>;
  /** Where it ends in `bytes`. */
  end: number;
  /** (0008,0005) in force: its own, else that of the dataset around it. */
  characterSets: readonly string[];
  /** The bytes end inside it, which is allowed only when a file's beginning is read. */
  cut: boolean;
}

export function valueBytes(dataset: Dataset, element: DicomElement): Uint8Array {
  return dataset.bytes.subarray(element.offset, element.offset + element.length);
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Bytes as Latin-1, for values that are ASCII by definition; NUL and space padding cut off. */
export function asciiValue(dataset: Dataset, tag: string): string {
  const element = dataset.elements.get(tag);
  if (element === undefined) return '';
  let text = '';
  // A UID or code string is short; the bound keeps a damaged length from building a giant string.
  for (const byte of valueBytes(dataset, element).subarray(0, 1024)) text += String.fromCharCode(byte);
  return text.replace(/[\0 ]+$/, '').trimStart();
}
