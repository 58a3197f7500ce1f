import { useMemo } from 'react';
import type { Language } from './i18n.ts';
import { useLanguage } from './use-language.ts';

export interface Formats {
  /** Day and minute, the year only where it is not this one. */
  moment(instant: string): string;
  /** Everything down to the second, for the record. */
  exact(instant: string): string;
  day(date: string): string;
  number(value: number, fractionDigits?: number): string;
  /** `3 minutes`, in the largest whole unit. */
  duration(milliseconds: number): string;
  /** How long to wait: seconds under two minutes, minutes rounded up from there. */
  wait(seconds: number): string;
  bytes(sizeBytes: number): string;
}

const MINUTE_MS = 60_000;
const SPANS = [
  { unit: 'day', ms: 24 * 60 * MINUTE_MS },
  { unit: 'hour', ms: 60 * MINUTE_MS },
  { unit: 'minute', ms: MINUTE_MS },
] as const;

export function createFormats(language: Language): Formats {
  const date = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options);
  const short = date({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false });
  const withYear = date({
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  });
  const exact = date({ dateStyle: 'medium', timeStyle: 'medium', hour12: false });
  const day = date({ year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' });
  return {
    moment(instant) {
      const at = new Date(instant);
      return (at.getFullYear() === new Date().getFullYear() ? short : withYear).format(at);
    },
    exact: (instant) => exact.format(new Date(instant)),
    day(text) {
      const at = new Date(/^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text);
      return Number.isNaN(at.getTime()) ? text : day.format(at);
    },
    number: (value, fractionDigits = 0) =>
      new Intl.NumberFormat(language, { maximumFractionDigits: fractionDigits }).format(value),
    duration(milliseconds) {
      const span = SPANS.find(({ ms }) => milliseconds >= ms) ?? SPANS[2];
      const count = Math.max(0, Math.floor(milliseconds / span.ms));
      return new Intl.NumberFormat(language, { style: 'unit', unit: span.unit, unitDisplay: 'long' }).format(count);
    },
    wait(seconds) {
      const inMinutes = seconds >= 120;
      const count = Math.max(1, Math.ceil(inMinutes ? seconds / 60 : seconds));
      const unit = inMinutes ? 'minute' : 'second';
      return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
    },
    bytes(sizeBytes) {
      const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
      const step = Math.min(3, sizeBytes < 1 ? 0 : Math.floor(Math.log10(sizeBytes) / 3));
      return new Intl.NumberFormat(language, {
        style: 'unit',
        unit: steps[step] ?? 'byte',
        unitDisplay: 'short',
        maximumFractionDigits: step === 0 ? 0 : 1,
      }).format(sizeBytes / 1000 ** step);
    },
  };
}

/** Dates, numbers and sizes as the chosen language writes them. */
export function useFormats(): Formats {
  const language = useLanguage();
  return useMemo(() => createFormats(language), [language]);
}
