import { damagedJpeg } from './markers.ts';

/** A decoder looks ahead a little past the last bit; more than this means that data is missing. */
const MAX_PADDING_BYTES = 8;

/** Bits of entropy-coded data, ISO/IEC 10918-1 section F.2.2.5: FF00 is a stuffed FF, another marker ends the data. */
export class BitReader {
  private readonly bytes: Uint8Array;
  private position: number;
  private buffer = 0;
  private count = 0;
  private padding = 0;

  constructor(bytes: Uint8Array, position: number) {
    this.bytes = bytes;
    this.position = position;
  }

  /** The next 16 bits without taking them; zeros past the end. */
  peek16(): number {
    if (this.count < 16) this.fill();
    return (this.buffer >>> (this.count - 16)) & 0xffff;
  }

  skip(bits: number): void {
    this.count -= bits;
  }

  /** Up to 16 bits as an unsigned number. */
  take(bits: number): number {
    if (bits === 0) return 0;
    const value = this.peek16() >> (16 - bits);
    this.count -= bits;
    return value;
  }

  /** Up to 16 bits as a difference, ISO/IEC 10918-1 section F.2.2.1 (RECEIVE and EXTEND). */
  takeSigned(bits: number): number {
    if (bits === 0) return 0;
    const value = this.take(bits);
    return value < 1 << (bits - 1) ? value - (1 << bits) + 1 : value;
  }

  /** Drops the bits up to the next marker; where that is a restart, goes past it. */
  restart(): void {
    this.count = 0;
    this.padding = 0;
    while (this.position < this.bytes.length && this.bytes[this.position] !== 0xff) this.position += 1;
    while (this.bytes[this.position] === 0xff && this.bytes[this.position + 1] === 0xff) this.position += 1;
    const marker = this.bytes[this.position + 1] ?? 0;
    if (marker < 0xd0 || marker > 0xd7) throw damagedJpeg('a restart marker is missing');
    this.position += 2;
  }

  private fill(): void {
    while (this.count <= 24) {
      const byte = this.bytes[this.position];
      let next = 0;
      if (byte === undefined || (byte === 0xff && this.bytes[this.position + 1] !== 0)) {
        this.padding += 1;
        if (this.padding > MAX_PADDING_BYTES) throw damagedJpeg('the data ends early');
      } else {
        next = byte;
        this.position += byte === 0xff ? 2 : 1;
      }
      this.buffer = (this.buffer << 8) | next;
      this.count += 8;
    }
  }
}
