import { decode } from './text-decoder.ts';

/** Which encoding reads the bytes, and how they have to be dressed for it. */
interface Designation {
  label: string;
  /** Two seven-bit bytes a character in G0: read by setting the high bits; JIS X 0212 also takes a prefix. */
  shift?: 'high' | 'high-8f';
}

/** Escape sequences of PS3.3 tables C.12-3 and C.12-4 into G0 (codes 20H to 7FH). */
const G0: Record<string, Designation | 'ascii'> = {
  '(B': 'ascii',
  '(J': 'ascii',
  $B: { label: 'euc-jp', shift: 'high' },
  '$@': { label: 'euc-jp', shift: 'high' },
  '$(D': { label: 'euc-jp', shift: 'high-8f' },
};

/** And into G1 (codes A0H to FFH). */
const G1: Record<string, Designation> = {
  ')I': { label: 'shift_jis' },
  '-A': { label: 'iso-8859-1' },
  '-B': { label: 'iso-8859-2' },
  '-C': { label: 'iso-8859-3' },
  '-D': { label: 'iso-8859-4' },
  '-F': { label: 'iso-8859-7' },
  '-G': { label: 'iso-8859-6' },
  '-H': { label: 'iso-8859-8' },
  '-L': { label: 'iso-8859-5' },
  '-M': { label: 'windows-1254' },
  '-T': { label: 'windows-874' },
  '-b': { label: 'iso-8859-15' },
  '$)A': { label: 'gbk' },
  '$)C': { label: 'euc-kr' },
};

export interface Iso2022Options {
  /** Encoding of the first value of (0008,0005). */
  initial: string;
  /** Reads high bytes while G1 holds nothing. */
  fallback: string;
  /** The initial set has no high half. */
  ascii: boolean;
  /** `^` and `=` end a designation in a person name, PS3.5 section 6.1.2.5.3. */
  personName: boolean;
}

/** Text with code extensions, PS3.5 section 6.1.2.5. */
export function decodeIso2022(bytes: Uint8Array, options: Iso2022Options): string {
  const initial: Designation = { label: options.ascii ? options.fallback : options.initial };
  const resets = new Set([0x5c, 0x0a, 0x0c, 0x0d, 0x09, ...(options.personName ? [0x5e, 0x3d] : [])]);
  let g0: Designation | 'ascii' = 'ascii';
  let g1 = initial;
  let text = '';
  let run: number[] = [];
  const flush = () => {
    if (run.length > 0) text += decode((g0 === 'ascii' ? g1 : g0).label, Uint8Array.from(run));
    run = [];
  };
  for (let position = 0; position < bytes.length; ) {
    const byte = bytes[position] ?? 0;
    const sequence = byte === 0x1b ? escapeAt(bytes, position + 1) : undefined;
    if (sequence !== undefined) {
      flush();
      g0 = G0[sequence] ?? g0;
      g1 = G1[sequence] ?? g1;
      position += 1 + sequence.length;
    } else if (g0 !== 'ascii') {
      const next = bytes[position + 1] ?? 0x20;
      if (byte < 0x21) {
        // A space or line end between double-byte characters stays what it is.
        flush();
        text += String.fromCharCode(byte);
        position += 1;
      } else {
        if (g0.shift === 'high-8f') run.push(0x8f);
        run.push(byte | 0x80, next | 0x80);
        position += 2;
      }
    } else {
      run.push(byte);
      position += 1;
      if (resets.has(byte) && (run.length < 2 || !isLead(run, g1))) {
        flush();
        g1 = initial;
      }
    }
  }
  flush();
  return text;
}

/** Whether the byte before the last began a character of two: then the last is its second half, not a delimiter. */
function isLead(run: number[], designation: Designation): boolean {
  if (designation.label !== 'gbk') return false;
  let lead = false;
  for (const byte of run.slice(0, -1)) lead = !lead && byte >= 0x81;
  return lead;
}

function escapeAt(bytes: Uint8Array, position: number): string | undefined {
  for (const length of [3, 2]) {
    const sequence = String.fromCharCode(...bytes.subarray(position, position + length));
    if (sequence in G0 || sequence in G1) return sequence;
  }
  return undefined;
}
