import type { ScaleBar } from '../viewer/corner-elements.ts';

/** The longest round length (1, 2 or 5 times a power of ten) that takes at most `maxPx` of the screen. */
export function scaleBar(mmPerPx: number, maxPx: number): ScaleBar {
  const maxMm = mmPerPx * maxPx;
  const power = 10 ** Math.floor(Math.log10(maxMm));
  const mm = ([5, 2].find((step) => step * power <= maxMm) ?? 1) * power;
  const label = mm >= 10 ? `${mm / 10} cm` : mm >= 1 ? `${mm} mm` : `${Math.round(mm * 1000)} µm`;
  return { lengthPx: mm / mmPerPx, label };
}
