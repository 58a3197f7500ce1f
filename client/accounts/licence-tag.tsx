import type { LicenceView } from '../../server/contract/practitioner.ts';
import { useTexts } from '../i18n/use-texts.ts';
import './person-state.css';

/** From so many days before its end a licence is worth a second look: the first reminder. */
const SOON_DAYS = 60;

export const isEndingSoon = ({ daysLeft }: LicenceView): boolean => daysLeft !== null && daysLeft <= SOON_DAYS;

/** How a licence stands; near its end how long it still lasts. */
export function LicenceTag({ licence }: { licence: LicenceView }) {
  const t = useTexts();
  const { state, daysLeft } = licence;
  const isEnding = state === 'valid' && isEndingSoon(licence);
  return (
    <span className="person-state" data-licence={isEnding ? 'ending' : state}>
      {isEnding ? t('accounts:licence.daysLeft', { count: daysLeft ?? 0 }) : t(`accounts:licence.state.${state}`)}
    </span>
  );
}
