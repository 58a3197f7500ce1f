/** What the pictures of a test's theatre look like, for whoever draws them and whoever reads the decoded pixels. */
export const WIDTH_PX = 640;
export const HEIGHT_PX = 360;
export const BITS = 10;
export const COLOURS = { field: '#c02020', room: '#2040c0', device: '#20a040' } as const;

/** Where the counter's bit is drawn: large enough to outlive scaling and compression. */
export function blockAt(bit: number): { x: number; y: number; size: number } {
  return { x: 8 + bit * 62, y: 8, size: 52 };
}

/** What a page shows in one video element, by its pixels. */
export interface SeenPicture {
  colour: keyof typeof COLOURS | 'black' | 'other';
  count: number;
}

export function judge({
  red,
  green,
  blue,
  bits,
}: {
  red: number;
  green: number;
  blue: number;
  bits: number[];
}): SeenPicture {
  const strongest = Math.max(red, green, blue);
  const colour =
    strongest < 30
      ? 'black'
      : red > 2 * green
        ? 'field'
        : blue > 1.5 * red && blue > 1.5 * green
          ? 'room'
          : green > 2 * red
            ? 'device'
            : 'other';
  return { colour, count: bits.reduce((sum, bright, bit) => sum + (bright > 128 ? 1 << bit : 0), 0) };
}
