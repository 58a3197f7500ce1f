/** Natural position of the n-th coefficient in zigzag order, ISO/IEC 10918-1 figure A.6. */
export const ZIGZAG = Uint8Array.from([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
]);

/** `COSINES[x * 8 + u]` = C(u)/2 cos((2x+1)uπ/16). */
const COSINES = Float64Array.from({ length: 64 }, (_, index) => {
  const u = index % 8;
  const x = (index - u) / 8;
  return ((u === 0 ? Math.SQRT1_2 : 1) / 2) * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

const columnsDone = new Float64Array(64);

/**
 * Inverse DCT of one block, ISO/IEC 10918-1 section A.3.3, in floating point, so that 12-bit samples lose nothing.
 * `coefficients`: 64 dequantized, natural order, from `offset`. Result in `output`, not yet level shifted.
 */
export function inverseDct(coefficients: Float64Array, output: Float64Array): void {
  for (let u = 0; u < 8; u += 1) {
    for (let y = 0; y < 8; y += 1) {
      let sum = 0;
      for (let v = 0; v < 8; v += 1) sum += (COSINES[y * 8 + v] as number) * (coefficients[v * 8 + u] as number);
      columnsDone[y * 8 + u] = sum;
    }
  }
  for (let y = 0; y < 8; y += 1) {
    for (let x = 0; x < 8; x += 1) {
      let sum = 0;
      for (let u = 0; u < 8; u += 1) sum += (COSINES[x * 8 + u] as number) * (columnsDone[y * 8 + u] as number);
      output[y * 8 + x] = sum;
    }
  }
}
