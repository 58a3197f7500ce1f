import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** From when to when, as it is read. */
export function usePeriod(): (times: { startsAt: string | null; endsAt: string | null }) => string {
  const t = useTexts();
  const formats = useFormats();
  return ({ startsAt, endsAt }) => {
    if (startsAt === null) return t('demonstrations:noTime');
    if (endsAt === null) return formats.moment(startsAt);
    return formats.period(startsAt, endsAt);
  };
}
