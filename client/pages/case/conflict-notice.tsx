import { Alert } from 'antd';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import { failureText } from '../../i18n/failure-text.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import type { Conflict } from './use-acts.ts';

/** Names what happened meanwhile; the page below already shows the latest. */
export function ConflictNotice({
  conflict,
  view,
  onClose,
}: {
  conflict: Conflict;
  view: ConsultationView | undefined;
  onClose: () => void;
}) {
  const t = useTexts();
  return (
    <Alert
      className="case-conflict"
      type="warning"
      showIcon
      role="alert"
      title={t('case:conflict.title')}
      description={description()}
      closable={{ onClose }}
    />
  );

  function description(): string {
    if (!view) return failureText(conflict.failure);
    if (conflict.failure.reason === 'already-accepted' && view.specialist)
      return t('case:conflict.acceptedBy', { name: view.specialist.name });
    if (view.awaiting !== conflict.awaitedBefore) {
      const state = t(`terms:state.${view.state}`);
      return view.reason
        ? t('case:conflict.stateNowReason', { state, reason: view.reason })
        : t('case:conflict.stateNow', { state });
    }
    return conflict.failure.reason === 'version-outdated' ? t('case:conflict.changed') : failureText(conflict.failure);
  }
}
