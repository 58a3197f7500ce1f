/** ISO/IEC 7810, ID-1: the width of every bank card. */
export const BANK_CARD_MM = 85.6;
/** Where nobody measured the screen: CSS's own inch of 96 pixels. True on hardly any screen. */
const ASSUMED_CSS_PX_PER_MM = 96 / 25.4;
const STORED_UNDER = 'ecg-screen';
/** From a wall projection to the finest telephone; outside, somebody held the card askew. */
const MIN_DEVICE_PX_PER_MM = 1;
const MAX_DEVICE_PX_PER_MM = 40;

/** The parts of `window` that say which screen this is. The resolution names it: another monitor needs its own calibration. */
export interface ScreenParts {
  screen: { width: number; height: number };
  devicePixelRatio: number;
}

export interface ScreenSize {
  cssPxPerMm: number;
  /** False: assumed, so mm on the screen are not mm. The sheet's own scale holds nevertheless: 1 s is always 25 squares. */
  calibrated: boolean;
}

const keyOf = ({ screen }: ScreenParts) => `${STORED_UNDER}:${screen.width}x${screen.height}`;

/** How large this screen's pixels are, as calibrated on this device. */
export function readScreenSize(storage: Pick<Storage, 'getItem'>, parts: ScreenParts): ScreenSize {
  const devicePxPerMm = Number(storage.getItem(keyOf(parts)) ?? Number.NaN);
  if (!isPlausible(devicePxPerMm)) return { cssPxPerMm: ASSUMED_CSS_PX_PER_MM, calibrated: false };
  return { cssPxPerMm: devicePxPerMm / parts.devicePixelRatio, calibrated: true };
}

/**
 * Keeps what laying a bank card on the screen gave: its width there in CSS pixels. Kept in device pixels, so that zooming
 * the page does not undo it. False: no screen is like that, and nothing is kept.
 */
export function keepCardWidth(storage: Pick<Storage, 'setItem'>, parts: ScreenParts, cardCssPx: number): boolean {
  const devicePxPerMm = (cardCssPx * parts.devicePixelRatio) / BANK_CARD_MM;
  if (!isPlausible(devicePxPerMm)) return false;
  storage.setItem(keyOf(parts), String(devicePxPerMm));
  return true;
}

export function forgetScreenSize(storage: Pick<Storage, 'removeItem'>, parts: ScreenParts): void {
  storage.removeItem(keyOf(parts));
}

function isPlausible(devicePxPerMm: number): boolean {
  return devicePxPerMm >= MIN_DEVICE_PX_PER_MM && devicePxPerMm <= MAX_DEVICE_PX_PER_MM;
}
