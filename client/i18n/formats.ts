import { CHINA_OFFSET_MINUTES, chinaDay } from './china-day.ts';
import type { Language } from './i18n.ts';
import { useLanguage } from './use-language.ts';

export interface Formats {
  /** Day and minute, the year only where it is not this one. Names the zone on a computer that is set to another. */
  moment(instant: string): string;
  /** Two moments of one day; names the zone once, as `moment` does. */
  period(from: string, to: string): string;
  /** Hour and minute; names the zone as `moment` does. */
  clock(instant: string): string;
  /** Everything down to the second, for a list whose heading names the zone. */
  second(instant: string): string;
  /** Everything down to the second with the zone's name, for the record. */
  exact(instant: string): string;
  /** The zone of all times that are shown. */
  zone: string;
  day(date: string): string;
  number(value: number, fractionDigits?: number): string;
  /** `3 minutes`, in the largest whole unit. */
  duration(milliseconds: number): string;
  /** What was agreed, nothing rounded: `90 minutes`, `36 hours`, `9 days`. */
  agreed(minutes: number): string;
  /** How long to wait: seconds under two minutes, minutes rounded up from there. */
  wait(seconds: number): string;
  bytes(sizeBytes: number): string;
  /** One after the other, without an `and`. */
  list(parts: readonly string[]): string;
}

const MINUTE_MS = 60_000;
/** Times of day are those of China, UTC+8 all year, on whatever computer they are read: so are case numbers, and so is the paper. */
const CHINA = 'Asia/Shanghai';
const ZONE_NAMES: Record<Language, string> = { 'zh-CN': '北京时间', en: 'UTC+8' };
const SPANS = [
  { unit: 'day', ms: 24 * 60 * MINUTE_MS },
  { unit: 'hour', ms: 60 * MINUTE_MS },
  { unit: 'minute', ms: MINUTE_MS },
] as const;

const MONTH_NAMES = 'January February March April May June July August September October November December'.split(' ');

/** A day without a time, as Intl writes it too. Its first formatter takes a browser 40 ms, and a day stands above every picture. */
const writeDay: Record<Language, (at: Date) => string> = {
  'zh-CN': (at) => `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日`,
  en: (at) => `${MONTH_NAMES[at.getUTCMonth()]} ${at.getUTCDate()}, ${at.getUTCFullYear()}`,
};

/** Made when it is first used: that takes milliseconds, and few pages write times in every way. */
function formatter(language: Language, options: Intl.DateTimeFormatOptions): (at: Date) => string {
  let made: Intl.DateTimeFormat | undefined;
  return (at) => {
    made ??= new Intl.DateTimeFormat(language, options);
    return made.format(at);
  };
}

export function createFormats(language: Language): Formats {
  // h23: with `hour12: false` older engines write midnight as 24:05.
  const inChina = (options: Intl.DateTimeFormatOptions) =>
    formatter(language, { ...options, timeZone: CHINA, hourCycle: 'h23' });
  const minute = { hour: '2-digit', minute: '2-digit' } as const;
  const clock = inChina(minute);
  const short = inChina({ month: 'short', day: 'numeric', ...minute });
  const withYear = inChina({ year: 'numeric', month: 'short', day: 'numeric', ...minute });
  const minuteOf = (at: Date) => (chinaDay(at).slice(0, 4) === chinaDay(new Date()).slice(0, 4) ? short : withYear)(at);
  const second = inChina({ dateStyle: 'medium', timeStyle: 'medium' });
  const zone = ZONE_NAMES[language];
  // The long Chinese unit is 秒钟, as one says it; a clock is written 秒.
  const unitDisplay = language === 'zh-CN' ? 'short' : 'long';
  const named = (text: string) => (language === 'zh-CN' ? `${text}（${zone}）` : `${text} (${zone})`);
  const namedElsewhere = (text: string, at: Date) =>
    at.getTimezoneOffset() === -CHINA_OFFSET_MINUTES ? text : named(text);
  return {
    moment(instant) {
      const at = new Date(instant);
      return namedElsewhere(minuteOf(at), at);
    },
    period(from, to) {
      const [begin, end] = [new Date(from), new Date(to)];
      return namedElsewhere(`${minuteOf(begin)}${language === 'zh-CN' ? ' 至 ' : ' to '}${clock(end)}`, begin);
    },
    clock(instant) {
      const at = new Date(instant);
      return namedElsewhere(clock(at), at);
    },
    second: (instant) => second(new Date(instant)),
    exact: (instant) => named(second(new Date(instant))),
    zone,
    day(text) {
      const at = new Date(/^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text);
      return Number.isNaN(at.getTime()) ? text : writeDay[language](at);
    },
    number: (value, fractionDigits = 0) =>
      new Intl.NumberFormat(language, { maximumFractionDigits: fractionDigits }).format(value),
    duration(milliseconds) {
      const span = SPANS.find(({ ms }) => milliseconds >= ms) ?? SPANS[2];
      const count = Math.max(0, Math.floor(milliseconds / span.ms));
      return new Intl.NumberFormat(language, { style: 'unit', unit: span.unit, unitDisplay }).format(count);
    },
    agreed(minutes) {
      const span = SPANS.find(({ ms }) => (minutes * MINUTE_MS) % ms === 0) ?? SPANS[2];
      const count = (minutes * MINUTE_MS) / span.ms;
      return new Intl.NumberFormat(language, {
        style: 'unit',
        unit: span.unit,
        unitDisplay,
        useGrouping: false,
      }).format(count);
    },
    wait(seconds) {
      const inMinutes = seconds >= 120;
      const count = Math.max(1, Math.ceil(inMinutes ? seconds / 60 : seconds));
      const unit = inMinutes ? 'minute' : 'second';
      return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay }).format(count);
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
    list: (parts) => parts.join(language === 'zh-CN' ? '、' : ', '),
  };
}

const formats = { 'zh-CN': createFormats('zh-CN'), en: createFormats('en') } satisfies Record<Language, Formats>;

/** Dates, numbers and sizes as the chosen language writes them. */
export const useFormats = (): Formats => formats[useLanguage()];
