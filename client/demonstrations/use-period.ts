import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { dayAndClock } from './china-time.ts';

/** From when to when, as it is read. */
export function usePeriod(): (times: { startsAt: string | null; endsAt: string | null }) => string {
  const t = useTexts();
  const formats = useFormats();
  return ({ startsAt, endsAt }) => {
    if (startsAt === null) return t('demonstrations:noTime');
    if (endsAt === null) return formats.moment(startsAt);
    return t('demonstrations:until', { from: formats.moment(startsAt), to: dayAndClock(endsAt).clock });
  };
}
