import { HEIGHT_PX, PICTURE_BYTES, WIDTH_PX } from './format.ts';

/** One plane of a picture. */
interface Plane {
  from: number;
  width: number;
  height: number;
  /** What it is filled with where there is nothing: black. */
  empty: number;
  /** How many pixels of the picture one of its values stands for, each way. */
  step: 1 | 2;
}

const [HALF_WIDTH, HALF_HEIGHT] = [WIDTH_PX / 2, HEIGHT_PX / 2];
const BRIGHTNESS_BYTES = WIDTH_PX * HEIGHT_PX;
/** Black as video has it (BT.601, limited range): 16, and no colour at 128. */
const PLANES: readonly Plane[] = [
  { from: 0, width: WIDTH_PX, height: HEIGHT_PX, empty: 16, step: 1 },
  { from: BRIGHTNESS_BYTES, width: HALF_WIDTH, height: HALF_HEIGHT, empty: 128, step: 2 },
  { from: BRIGHTNESS_BYTES + HALF_WIDTH * HALF_HEIGHT, width: HALF_WIDTH, height: HALF_HEIGHT, empty: 128, step: 2 },
];

export function blacken(picture: Buffer): void {
  for (const { from, width, height, empty } of PLANES) picture.fill(empty, from, from + width * height);
}

/** Draws a picture into another one, smaller by a whole factor: each pixel is the mean of those it stands for. `x` and `y` are even. */
export function drawSmaller(
  source: Buffer,
  target: Buffer,
  { x, y, factor }: { x: number; y: number; factor: number },
): void {
  for (const { from, width, height, step } of PLANES) {
    const [columns, rows] = [Math.floor(width / factor), Math.floor(height / factor)];
    for (let row = 0; row < rows; row += 1)
      for (let column = 0; column < columns; column += 1) {
        let sum = 0;
        for (let down = 0; down < factor; down += 1) {
          const at = from + (row * factor + down) * width + column * factor;
          for (let right = 0; right < factor; right += 1) sum += source[at + right] ?? 0;
        }
        target[from + (y / step + row) * width + x / step + column] = sum / (factor * factor);
      }
  }
}

/** Puts the newest whole picture together from what a decoder gives in pieces. */
export class NewestPicture {
  #whole: Buffer | undefined;
  #filling: Buffer = Buffer.alloc(PICTURE_BYTES);
  #filled = 0;

  /** undefined: none has come yet. It is written over by the one after the next. */
  get whole(): Buffer | undefined {
    return this.#whole;
  }

  add(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      const count = bytes.copy(this.#filling, this.#filled, at);
      at += count;
      this.#filled += count;
      if (this.#filled < PICTURE_BYTES) continue;
      const older = this.#whole;
      this.#whole = this.#filling;
      this.#filling = older ?? Buffer.alloc(PICTURE_BYTES);
      this.#filled = 0;
    }
  }
}
