import { failureText } from '../i18n/failure-text.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { Autosave } from './autosave.ts';
import type { DraftSnapshot } from './save-state.ts';
import './save-line.css';
import { isLineDown } from '../../server/contract/failure-fate.ts';

/** Says honestly whether what is typed is on the server, and if not, where it is and what happens next. */
export function SaveLine<T>({
  draft,
  autosave,
  conflictText,
}: {
  draft: DraftSnapshot<T>;
  autosave: Autosave<T>;
  /** Where it is no other window of one's own that has changed the same. */
  conflictText?: string;
}) {
  const t = useTexts();
  const saveText = useSaveText(draft);
  const text = draft.state.kind === 'conflict' ? (conflictText ?? saveText) : saveText;
  const { kind } = draft.state;
  const isTrouble = kind === 'retrying' || kind === 'conflict' || kind === 'refused';
  return (
    <div className="save-line" data-kind={kind} data-testid="save-state">
      <p role={isTrouble ? 'alert' : undefined}>{text}</p>
      {kind === 'retrying' && (
        <button type="button" className="button" onClick={() => autosave.retryNow()}>
          {t('newCase:save.tryNow')}
        </button>
      )}
    </div>
  );
}

function useSaveText<T>({ state, keptHere }: DraftSnapshot<T>): string {
  const t = useTexts();
  const formats = useFormats();
  switch (state.kind) {
    case 'saved':
      return state.savedAt === null
        ? t('newCase:save.savedNever')
        : t('newCase:save.saved', { at: formats.clock(state.savedAt) });
    case 'unsaved':
    case 'saving':
    case 'conflict':
      return t(`newCase:save.${state.kind}`);
    case 'retrying':
      if (!keptHere) return t('newCase:save.offlineNotKept');
      return t(isLineDown(state.failure) ? 'newCase:save.offline' : 'newCase:save.serverDown');
    case 'refused':
      return t('newCase:save.refused', { reason: failureText(state.failure) });
  }
}
