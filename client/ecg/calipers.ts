/** Two times and two voltages that a person set, read off the record. */
export interface Caliper {
  startMs: number;
  endMs: number;
  startUv: number;
  endUv: number;
}

export interface CaliperReading {
  durationMs: number;
  /** The rate whose beats are this far apart; undefined: no time between the legs. */
  ratePerMinute: number | undefined;
  /** Signed: the second leg against the first. */
  amplitudeUv: number;
}

export function readCaliper({ startMs, endMs, startUv, endUv }: Caliper): CaliperReading {
  const durationMs = Math.abs(endMs - startMs);
  return { durationMs, ratePerMinute: rateOfRr(durationMs), amplitudeUv: endUv - startUv };
}

/** Beats a minute = 60 000 / RR. undefined unless the RR interval is a positive number of milliseconds. */
export function rateOfRr(rrMs: number): number | undefined {
  return rrMs > 0 && Number.isFinite(rrMs) ? 60_000 / rrMs : undefined;
}

/** QT corrected for rate, ms: QT / √(RR in seconds). Bazett, Heart 1920;7:353. Overcorrects at high rates. */
export function qtcBazett(qtMs: number, rrMs: number): number | undefined {
  return rateOfRr(rrMs) === undefined || !(qtMs > 0) ? undefined : qtMs / Math.sqrt(rrMs / 1000);
}

/** QT corrected for rate, ms: QT / ∛(RR in seconds). Fridericia, Acta Med Scand 1920;53:469. */
export function qtcFridericia(qtMs: number, rrMs: number): number | undefined {
  return rateOfRr(rrMs) === undefined || !(qtMs > 0) ? undefined : qtMs / Math.cbrt(rrMs / 1000);
}

/** More marks than a sheet could show apart. */
const MAX_MARKS = 500;

/**
 * March-out: the caliper's interval laid on again and again, both ways, to see whether beats keep step. Milliseconds in
 * rising order from `fromMs` to `toMs`, the caliper's own two legs among them. A caliper without width marches nowhere.
 */
export function marchOut(
  { startMs, endMs }: Pick<Caliper, 'startMs' | 'endMs'>,
  fromMs: number,
  toMs: number,
): number[] {
  const step = Math.abs(endMs - startMs);
  const origin = Math.min(startMs, endMs);
  if (!(step > 0) || !(toMs >= fromMs) || (toMs - fromMs) / step > MAX_MARKS) {
    return [origin, origin + step].filter((timeMs, index, all) => all.indexOf(timeMs) === index);
  }
  const first = Math.ceil((fromMs - origin) / step);
  const last = Math.floor((toMs - origin) / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => origin + (first + index) * step);
}
