/** A Modality or VOI LUT, PS3.3 C.11.1 and C.11.2. Values below the first are mapped to the first entry, above to the last. */
export interface LookupTable {
  /** The input value that the first entry stands for. */
  firstMapped: number;
  bits: number;
  entries: Uint16Array;
  explanation: string;
}

/** Palette of a PALETTE COLOR image, PS3.3 C.7.6.3.1.5. Each channel 16 bits wide whatever the file stores. */
export interface Palette {
  firstMapped: number;
  red: Uint16Array;
  green: Uint16Array;
  blue: Uint16Array;
  /** 8 or 16: how many of the low bits of an entry hold the colour. */
  bits: number;
}
