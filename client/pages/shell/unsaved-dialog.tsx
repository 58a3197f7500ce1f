import { Modal } from 'antd';
import { Link } from 'react-router';
import type { UnsavedText } from '../../drafts/unsaved-texts.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import type { Leaving, LeavingState } from './use-leaving.tsx';

/** Before signing out or going on elsewhere: what would be lost, and the choice to save it, to stay, or to give it up. */
export function UnsavedDialog({
  state,
  onSave,
  onStay,
  onDiscard,
}: {
  state: LeavingState;
  onSave: (leaving: Leaving) => void;
  onStay: () => void;
  onDiscard: (leaving: Leaving) => void;
}) {
  const t = useTexts();
  const asking = state.kind === 'asking' ? state : undefined;
  const words = asking?.leaving.kind === 'switch' ? 'shell:unsaved.switching' : 'shell:unsaved';
  return (
    <Modal
      open={asking !== undefined}
      title={t('shell:unsaved.title')}
      onCancel={onStay}
      width={640}
      destroyOnHidden
      footer={
        asking && (
          <div className="unsaved-acts">
            <button type="button" className="button button-danger" onClick={() => onDiscard(asking.leaving)}>
              {t(`${words}.discard`)}
            </button>
            <button type="button" className="button" onClick={onStay}>
              {t(`${words}.stay`)}
            </button>
            <button type="button" className="button button-primary" onClick={() => onSave(asking.leaving)}>
              {t(`${words}.save`)}
            </button>
          </div>
        )
      }
    >
      <p>{t(`${words}.text`)}</p>
      {asking && <UnsavedList texts={asking.unsaved} onOpen={onStay} />}
      {asking && asking.onlyHere > 0 && <p>{t('shell:unsaved.onlyHere', { count: asking.onlyHere })}</p>}
    </Modal>
  );
}

/** What is not saved, each with a way to where it was typed. */
export function UnsavedList({ texts, onOpen }: { texts: UnsavedText[]; onOpen?: () => void }) {
  const t = useTexts();
  return (
    <ul className="unsaved-list" data-testid="unsaved-list">
      {texts.map((text) => (
        <li key={`${text.kind} ${text.consultationId}`}>
          {t(`shell:unsaved.kind.${text.kind}`)}
          {text.caseNumber !== '' && <span className="numbers"> {text.caseNumber}</span>}{' '}
          <Link to={addressOf(text)} onClick={onOpen}>
            {t('shell:unsaved.open')}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function addressOf({ kind, consultationId }: UnsavedText): string {
  const page = kind === 'application' ? '/edit' : kind === 'opinion' ? '/opinion' : '';
  return `/consultations/${consultationId}${page}`;
}
