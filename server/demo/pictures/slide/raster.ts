/** A picture of 8-bit RGB, rows from the top. */
export interface Raster {
  width: number;
  height: number;
  rgb: Uint8Array;
}

export type Colour = readonly [red: number, green: number, blue: number];

export interface Spot {
  x: number;
  y: number;
  rx: number;
  ry: number;
  /** Radians. */
  turn: number;
}

/** Fills an ellipse with soft edges. @param strength how much of what was there it covers, 0 to 1. */
export function paintSpot({ width, height, rgb }: Raster, spot: Spot, colour: Colour, strength: number): void {
  const { x, y, rx, ry } = spot;
  const reach = Math.max(rx, ry) + 1;
  const [cos, sin] = [Math.cos(spot.turn), Math.sin(spot.turn)];
  const [right, bottom] = [Math.min(width - 1, Math.ceil(x + reach)), Math.min(height - 1, Math.ceil(y + reach))];
  for (let row = Math.max(0, Math.floor(y - reach)); row <= bottom; row += 1) {
    for (let column = Math.max(0, Math.floor(x - reach)); column <= right; column += 1) {
      const dx = column - x;
      const dy = row - y;
      const away = ((dx * cos + dy * sin) / rx) ** 2 + ((dy * cos - dx * sin) / ry) ** 2;
      if (away >= 1) continue;
      blend(rgb, (row * width + column) * 3, colour, strength * Math.min(1, (1 - away) * 3));
    }
  }
}

/** Written out: it runs some ten million times a slide. */
export function blend(rgb: Uint8Array, at: number, colour: Colour, share: number): void {
  const red = rgb[at] as number;
  const green = rgb[at + 1] as number;
  const blue = rgb[at + 2] as number;
  rgb[at] = red + (colour[0] - red) * share;
  rgb[at + 1] = green + (colour[1] - green) * share;
  rgb[at + 2] = blue + (colour[2] - blue) * share;
}

/** Half as wide and high: each pixel the mean of four. Both sides must be even. */
export function halved({ width, height, rgb }: Raster): Raster {
  const small = { width: width / 2, height: height / 2, rgb: new Uint8Array((width * height * 3) / 4) };
  const below = width * 3;
  let to = 0;
  for (let row = 0; row < height; row += 2) {
    for (let at = row * below; at < (row + 1) * below; at += 6) {
      for (let channel = at; channel < at + 3; channel += 1) {
        const upper = (rgb[channel] as number) + (rgb[channel + 3] as number);
        const lower = (rgb[channel + below] as number) + (rgb[channel + below + 3] as number);
        small.rgb[to] = (upper + lower + 2) >> 2;
        to += 1;
      }
    }
  }
  return small;
}
