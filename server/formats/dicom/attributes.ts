/**
 * Value representations that this leaf reads as numbers. `US or SS` elements are asked for with the one that the pixel
 * representation implies.
 */
export type NumericVr = 'DS' | 'IS' | 'US' | 'SS' | 'UL' | 'SL' | 'FL' | 'FD';

/**
 * One dataset or sequence item, wherever it came from: a parsed file ({@link parsedAttributes}) or the DICOM JSON model of
 * PS3.18 Annex F ({@link jsonAttributes}). Tags are eight upper-case hex digits, `00280010`.
 *
 * The caller names the VR because a file in implicit VR (or with elements stored as UN) does not say it; where the
 * dataset does say one, that one is used.
 */
export interface Attributes {
  has(tag: string): boolean;
  /** Values decoded by the character set in force and trimmed; empty values stay in their place. None: []. */
  strings(tag: string): string[];
  /** Values that are numbers; anything else in the element is left out. None: []. */
  numbers(tag: string, vr: NumericVr): number[];
  /** Attribute tags (VR AT), eight upper-case hex digits each. None: []. */
  tags(tag: string): string[];
  /** The same objects at every call. None: []. */
  items(tag: string): Attributes[];
  /** 16-bit words of a lookup table, whose VR may be OW, US or SS. */
  words(tag: string): Uint16Array | undefined;
}

export function findString(attributes: Attributes, tag: string): string | undefined {
  const value = attributes.strings(tag)[0];
  return value === '' ? undefined : value;
}

export function findNumber(attributes: Attributes, tag: string, vr: NumericVr): number | undefined {
  return attributes.numbers(tag, vr)[0];
}

/** Makes the items of a sequence once: an enhanced object is asked for its thousands of items again for each frame. */
export function rememberedItems(readItems: (tag: string) => Attributes[]): Attributes['items'] {
  const known = new Map<string, Attributes[]>();
  return (tag) => {
    const items = known.get(tag) ?? readItems(tag);
    known.set(tag, items);
    return items;
  };
}
