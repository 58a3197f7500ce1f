import dicomParser, { type ParserStream } from 'dicom-parser';
import { Failure } from '../../contract/failure.ts';
import { viewOf } from './dataset.ts';

export const UNDEFINED_LENGTH = 0xffffffff;
const ITEM = 0xfffee000;
const ITEM_END = 0xfffee00d;
const SEQUENCE_END = 0xfffee0dd;
const ENCAPSULATED = 0x7fe00010;
/** Deeper nesting than any real object has; a file made to exhaust the stack has more. */
export const MAX_DEPTH = 64;
/** Four for an element: an enhanced object of ten thousand frames stays below; a file made to exhaust memory does not. */
const MAX_READS = 8_000_000;
/** An empty item takes the memory of several elements. */
const READS_PER_ITEM = 8;
/** VRs that came after the package: their length has four bytes too (PS3.5 section 7.1.2). It reads them as OB. */
const LATER_VRS = new Set(['OV', 'SV', 'UV']);

/** Thrown where the bytes end inside a value. Not a failure yet: the beginning of a file ends so. */
export const CUT = Symbol('cut');

export const damaged = (message: string) => new Failure('invalid-message', message, { reason: 'file-damaged' });

/** What has begun and must end before what is around it ends. */
interface Opened {
  /** The first position behind it, or behind what is around it where a delimiter ends it. */
  end: number;
  delimiter: 'item' | 'sequence' | undefined;
  littleEndianAround: boolean;
}

/**
 * The bytes as dicom-parser reads them, with what it does not watch: values end inside the item and sequence around them,
 * delimiters close what they belong to, nothing is searched for by its delimiter, and work and depth are bounded.
 *
 * The package knows no end but that of the bytes. So this follows the structure from the reads themselves: a tag is two
 * words, and what is read next tells the head of an item (a length) from that of an element (a VR) and from a look ahead.
 */
export class GuardedStream implements ParserStream {
  readonly byteArray: Uint8Array;
  /** Handed through to the package's own datasets, whose values nobody reads. */
  readonly byteArrayParser: unknown = dicomParser.littleEndianByteArrayParser;
  readonly warnings: string[] = [];
  position: number;
  littleEndian: boolean;
  /** By the offset of the value: VRs that were handed to the package as OB. */
  readonly #laterVrs = new Map<number, string>();
  readonly #view: DataView;
  #opened: Opened[] = [];
  #end: number;
  #reads = 0;
  /** The last two words; 0 once something has made use of them. */
  #tag = 0;
  /** Words since something else was read: before the first, what is open may have come to its end. */
  #words = 0;
  #vr = '';
  #skipsDelimiterLength = false;

  constructor(bytes: Uint8Array, position: number, littleEndian: boolean) {
    this.byteArray = bytes;
    this.#view = viewOf(bytes);
    this.#end = bytes.length;
    this.position = position;
    this.littleEndian = littleEndian;
  }

  /** Forgets what was open: from here on everything must end at `end`. */
  restart(position: number, end: number): void {
    this.#words = 0;
    this.position = position;
    this.#opened = [];
    this.#end = this.byteArray.length;
    if (end < this.#end) this.#open(end, undefined);
  }

  trueVr(vr: string | undefined, valueOffset: number): string | undefined {
    if (vr === undefined || vr === '') return undefined;
    return (vr === 'OB' ? this.#laterVrs.get(valueOffset) : undefined) ?? vr;
  }

  /** Whether the value that a length stands before is a sequence, where no VR says so; bulk data in group 7FE0 never is one. */
  looksLikeItems(group: string, valueOffset: number, length: number): boolean {
    if (group === '7FE0' || length < 8 || valueOffset + 8 > this.byteArray.length) return false;
    const first = this.#peekTag(valueOffset);
    if (length === UNDEFINED_LENGTH) return first === ITEM || first === SEQUENCE_END;
    const itemLength = this.#view.getUint32(valueOffset + 4, this.littleEndian);
    return first === ITEM && (itemLength === UNDEFINED_LENGTH || itemLength <= length - 8);
  }

  peekUint32(offset: number): number {
    return offset + 4 > this.byteArray.length ? 0 : this.#view.getUint32(offset, this.littleEndian);
  }

  seek(bytes: number): void {
    this.#words = 0;
    if (this.#skipsDelimiterLength && bytes >= 0) {
      this.#skipsDelimiterLength = false;
      return;
    }
    if (bytes > 0) {
      this.#need(bytes);
      // The package has looked ahead, gone back, and now steps over the delimiter of a sequence.
      if (this.#tag === SEQUENCE_END && bytes === 8) this.#close('sequence');
    }
    this.position += bytes;
  }

  readUint16(): number {
    if (this.#words === 0 && this.position + 2 > this.#end) this.#leave();
    this.#words += 1;
    this.#need(2);
    this.#reads += 1;
    if (this.#reads > MAX_READS) throw damaged('too many elements');
    const word = this.#view.getUint16(this.position, this.littleEndian);
    this.position += 2;
    this.#tag = ((this.#tag << 16) | word) >>> 0;
    this.#vr = '';
    return word;
  }

  /** The VR of an element. */
  readFixedString(length: number): string {
    this.#need(length);
    const first = this.byteArray[this.position] ?? 0;
    const second = this.byteArray[this.position + 1] ?? 0;
    this.position += length;
    if (this.#tag === ITEM_END || this.#tag === SEQUENCE_END) {
      if (this.#tag === ITEM_END) this.#close('item');
      this.#skipsDelimiterLength = true;
      return '';
    }
    // A blank one is a short form, as dcmtk reads it; what the value is, the tag says.
    if (first === second && (first === 0 || first === 0x20)) return '';
    if (!isLetter(first) || !isLetter(second)) throw damaged(`(${hex(this.#tag)}) has no value representation`);
    const vr = String.fromCharCode(first, second);
    this.#vr = vr;
    if (!LATER_VRS.has(vr)) return vr;
    this.#laterVrs.set(this.position + 6, vr);
    return 'OB';
  }

  /** The length of an item, of an element, or an entry of an offset table. */
  readUint32(): number {
    this.#need(4);
    this.#reads += 1;
    if (this.#reads > MAX_READS) throw damaged('too many elements');
    const value = this.#view.getUint32(this.position, this.littleEndian);
    this.position += 4;
    const tag = this.#tag;
    const vr = this.#vr;
    this.#words = 0;
    this.#tag = 0;
    this.#vr = '';
    if (tag === 0) return value;
    if (vr !== '') this.#enterExplicit(tag, vr, value);
    else if (tag === ITEM) this.#enterItem(value);
    else if (tag === ITEM_END || tag === SEQUENCE_END) {
      // A delimiter has no value, whatever length a writer gave it (PS3.5 section 7.5).
      this.#close(tag === ITEM_END ? 'item' : 'sequence');
      return 0;
    } else this.#enterImplicit(tag, value);
    return value;
  }

  #enterItem(length: number): void {
    this.#reads += READS_PER_ITEM;
    // A sequence and an item at each level.
    if (this.#opened.length > 2 * MAX_DEPTH) throw damaged('sequences are nested too deeply');
    if (length === UNDEFINED_LENGTH) this.#open(this.#end, 'item');
    else {
      this.#need(length);
      this.#open(this.position + length, undefined);
    }
  }

  #enterExplicit(tag: number, vr: string, length: number): void {
    if (length === UNDEFINED_LENGTH) {
      // The package would search for the delimiter of an item, and find that of the item around.
      if (vr !== 'SQ' && vr !== 'UN' && tag !== ENCAPSULATED && this.#opened.length > 0) {
        throw damaged(`(${hex(tag)}) has no length`);
      }
      this.#open(this.#end, 'sequence');
      // What is stored as UN is little endian, whatever is around it (PS3.5 section 6.2.2).
      if (vr === 'UN') this.littleEndian = true;
    } else if (vr === 'SQ') {
      this.#need(length);
      this.#open(this.position + length, undefined);
    }
  }

  #enterImplicit(tag: number, length: number): void {
    if (length === UNDEFINED_LENGTH) {
      const first = this.#peekTag(this.position);
      if (first !== ITEM && first !== SEQUENCE_END && this.#opened.length > 0) {
        this.#need(4);
        throw damaged(`(${hex(tag)}) has no length`);
      }
      this.#open(this.#end, 'sequence');
    } else if (length >= 8 && this.#peekTag(this.position) === ITEM) {
      this.#need(length);
      this.#open(this.position + length, undefined);
    }
  }

  #open(end: number, delimiter: Opened['delimiter']): void {
    this.#opened.push({ end, delimiter, littleEndianAround: this.littleEndian });
    this.#end = end;
  }

  #close(delimiter: 'item' | 'sequence'): void {
    const last = this.#opened.at(-1);
    if (last?.delimiter === delimiter) {
      this.littleEndian = last.littleEndianAround;
      this.#pop();
    } else if (delimiter === 'item') throw damaged('an item delimiter stands outside an item');
    // A sequence delimiter too many harms nobody.
  }

  #pop(): void {
    this.#opened.pop();
    this.#end = this.#opened.at(-1)?.end ?? this.byteArray.length;
  }

  #need(bytes: number): void {
    if (this.position + bytes <= this.#end) return;
    if (this.#end === this.byteArray.length) throw CUT;
    throw damaged('an element runs past the end of the sequence item around it');
  }

  /** What has a length ends where that says; what has a delimiter must have come to it. */
  #leave(): void {
    let last = this.#opened.at(-1);
    while (last !== undefined && last.delimiter === undefined && this.position >= last.end) {
      this.#pop();
      last = this.#opened.at(-1);
    }
  }

  #peekTag(offset: number): number {
    if (offset + 4 > this.byteArray.length) return 0;
    const group = this.#view.getUint16(offset, this.littleEndian);
    return group * 65536 + this.#view.getUint16(offset + 2, this.littleEndian);
  }
}

const isLetter = (byte: number) => byte >= 0x41 && byte <= 0x5a;
const hex = (tag: number) => tag.toString(16).toUpperCase().padStart(8, '0');
