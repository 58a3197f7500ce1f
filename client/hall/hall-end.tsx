import { Link } from 'react-router';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FullPageNotice } from '../ui/full-page-notice.tsx';
import type { HallState } from './hall-state.ts';

/** The phases after which this visit goes on by a press only, or not at all. */
const ENDS = ['elsewhere', 'left', 'ended', 'replaced', 'removed', 'refused', 'unsupported'] as const;
export type HallEndPhase = (typeof ENDS)[number];
const AGAIN: readonly HallEndPhase[] = ['left', 'replaced', 'refused'];

export function endOf({ phase }: HallState): HallEndPhase | undefined {
  return ENDS.find((one) => one === phase);
}

/** Why this window shows nothing more, and the one next step. */
export function HallEnd({
  demonstrationId,
  phase,
  failure,
  onTakeOver,
  onAgain,
}: {
  demonstrationId: string;
  phase: HallEndPhase;
  failure: HallState['failure'];
  onTakeOver: () => void;
  onAgain: () => void;
}) {
  const t = useTexts();
  const text = phase === 'refused' && failure ? failureText(failure) : t(`demonstrationHall:end.${phase}.text`);
  return (
    <main data-testid="hall-end" data-phase={phase}>
      <FullPageNotice title={t(`demonstrationHall:end.${phase}.title`)} text={text}>
        {phase === 'elsewhere' && (
          <button type="button" className="button button-primary" data-testid="take-over" onClick={onTakeOver}>
            {t('demonstrationHall:end.takeOver')}
          </button>
        )}
        {AGAIN.includes(phase) && (
          <button type="button" className="button button-primary" onClick={onAgain}>
            {t('demonstrationHall:end.again')}
          </button>
        )}
        <Link className="button" to={`/demonstrations/${demonstrationId}`}>
          {t('demonstrationHall:end.toDemonstration')}
        </Link>
      </FullPageNotice>
    </main>
  );
}
