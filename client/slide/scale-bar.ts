import type { ScaleBar } from '../viewer/corner-elements.ts';

/** The longest round length (1, 2 or 5 times a power of ten) that takes at most `maxPx` of the screen. */
export function scaleBar(umPerPx: number, maxPx: number): ScaleBar {
  const maxUm = umPerPx * maxPx;
  const power = 10 ** Math.floor(Math.log10(maxUm));
  const um = ([5, 2].find((step) => step * power <= maxUm) ?? 1) * power;
  const label = um >= 1000 ? `${um / 1000} mm` : `${Number(um.toPrecision(1))} µm`;
  return { lengthPx: um / umPerPx, label };
}
