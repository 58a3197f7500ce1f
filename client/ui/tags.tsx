import type { Urgency } from '../../server/contract/case-kinds.ts';
import type { ConsultationState } from '../../server/contract/consultation.ts';
import { useTexts } from '../i18n/use-texts.ts';
import './tags.css';

/** Colour and word, never colour alone. */
export function UrgencyTag({ urgency }: { urgency: Urgency | null }) {
  const t = useTexts();
  if (!urgency) return null;
  return (
    <span className="tag" data-urgency={urgency}>
      {t(`terms:urgency.${urgency}`)}
    </span>
  );
}

export function StateTag({ state }: { state: ConsultationState }) {
  const t = useTexts();
  return (
    <span className="tag" data-state={state}>
      {t(`terms:state.${state}`)}
    </span>
  );
}
