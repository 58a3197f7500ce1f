import { useTexts } from '../i18n/use-texts.ts';
import type { Autosave } from './autosave.ts';
import type { DraftSnapshot } from './save-state.ts';

/** Two windows changed the same fields: both versions, and the choice. Nothing is saved before it is made. */
export function ConflictChoice<T>({
  draft,
  autosave,
  label,
  read,
}: {
  draft: DraftSnapshot<T>;
  autosave: Autosave<T>;
  /** The name of a field by its path. */
  label: (path: string) => string;
  /** A field's value for reading; empty where there is none. */
  read: (value: T, path: string) => string;
}) {
  const t = useTexts();
  const { state, value } = draft;
  if (state.kind !== 'conflict') return null;
  return (
    <section className="conflict-choice" role="alert" data-testid="draft-conflict">
      <h2>{t('newCase:conflict.title')}</h2>
      <p>{t('newCase:conflict.text')}</p>
      <div className="conflict-choice-fields">
        {state.fields.map((path) => (
          <div key={path}>
            <h3>{label(path)}</h3>
            <div className="conflict-choice-sides">
              <div className="conflict-choice-side">
                <span>{t('newCase:conflict.mine')}</span>
                {read(value, path) || t('newCase:conflict.empty')}
              </div>
              <div className="conflict-choice-side">
                <span>{t('newCase:conflict.theirs')}</span>
                {read(state.theirs.value, path) || t('newCase:conflict.empty')}
              </div>
            </div>
          </div>
        ))}
      </div>
      <div className="conflict-choice-acts">
        <button type="button" className="button button-primary" onClick={() => autosave.keepMine()}>
          {t('newCase:conflict.keepMine')}
        </button>
        <button type="button" className="button" onClick={() => autosave.takeTheirs()}>
          {t('newCase:conflict.takeTheirs')}
        </button>
      </div>
    </section>
  );
}
