import type { AgreementLine } from '../../server/contract/agreement.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** From so many days before its end on an agreement is marked: the first reminder comes then. */
const SOON_DAYS = 60;

/** The state in words, and how long it lasts where that is not long. */
export function AgreementStateTag({ line: { state, daysLeft } }: { line: Pick<AgreementLine, 'state' | 'daysLeft'> }) {
  const t = useTexts();
  const isSoon = daysLeft !== null && daysLeft <= SOON_DAYS;
  return (
    <span className="agreement-state" data-state={isSoon ? 'soon' : state}>
      {t(`administration:agreement.states.${state}`)}
      {isSoon && ` · ${t('administration:agreement.daysLeft', { count: daysLeft })}`}
    </span>
  );
}
