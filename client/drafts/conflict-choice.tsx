import { useId, useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import type { Autosave } from './autosave.ts';
import type { Side } from './merge.ts';
import type { DraftSnapshot } from './save-state.ts';

/** Where the texts of a conflict stand. */
type Area = 'newCase' | 'administration';

const SIDES: readonly Side[] = ['mine', 'theirs'];

/** Two windows changed the same fields: both versions, and the choice. Nothing is saved before it is made. */
export function ConflictChoice<T>({
  draft,
  autosave,
  field,
  label,
  read,
  area = 'newCase',
}: {
  draft: DraftSnapshot<T>;
  autosave: Autosave<T>;
  /** The field on the page that a path belongs to: what is one for the person is chosen as one. */
  field: (path: string) => string;
  label: (field: string) => string;
  /** A field's value for reading; empty where there is none. */
  read: (value: T, field: string) => string;
  /** Whose words: of two windows of one person, or of two people. */
  area?: Area;
}) {
  const t = useTexts();
  const [chosen, setChosen] = useState<Record<string, Side>>({});
  const { state, value } = draft;
  if (state.kind !== 'conflict') return null;
  const fields = [...new Set(state.fields.map(field))];
  const left = fields.filter((one) => chosen[one] === undefined);
  const settle = (prefer: (path: string) => Side): void => {
    setChosen({});
    autosave.settle(prefer);
  };
  return (
    <section className="conflict-choice" role="alert" data-testid="draft-conflict">
      <h2>{t(`${area}:conflict.title`)}</h2>
      <p>{t(`${area}:conflict.${fields.length > 1 ? 'textSeveral' : 'text'}`)}</p>
      <div className="conflict-choice-fields">
        {fields.map((one) => (
          <Field
            key={one}
            area={area}
            label={label(one)}
            texts={{ mine: read(value, one), theirs: read(state.theirs.value, one) }}
            chosen={chosen[one]}
            onChoose={fields.length > 1 ? (side) => setChosen({ ...chosen, [one]: side }) : undefined}
          />
        ))}
      </div>
      <div className="conflict-choice-acts">
        {fields.length > 1 && (
          <button
            type="button"
            className="button button-primary"
            data-testid="conflict-apply"
            disabled={left.length > 0}
            onClick={() => settle((path) => chosen[field(path)] ?? 'mine')}
          >
            {t(`${area}:conflict.apply`)}
          </button>
        )}
        {SIDES.map((side) => (
          <button
            key={side}
            type="button"
            className={side === 'mine' && fields.length === 1 ? 'button button-primary' : 'button'}
            data-testid={`conflict-${side}`}
            onClick={() => settle(() => side)}
          >
            {t(`${area}:conflict.${fields.length > 1 ? 'all' : 'one'}.${side}`)}
          </button>
        ))}
        {fields.length > 1 && left.length > 0 && (
          <span role="status">{t(`${area}:conflict.left`, { count: left.length })}</span>
        )}
      </div>
    </section>
  );
}

/** Both texts of a field. Where there are several fields, each side is one of two radio buttons. */
function Field({
  area,
  label,
  texts,
  chosen,
  onChoose,
}: {
  area: Area;
  label: string;
  texts: Record<Side, string>;
  chosen: Side | undefined;
  onChoose: ((side: Side) => void) | undefined;
}) {
  const t = useTexts();
  const id = useId();
  return (
    <fieldset className="conflict-choice-field">
      <legend>{label}</legend>
      <div className="conflict-choice-sides">
        {SIDES.map((side) => (
          <div key={side} className="conflict-choice-side" data-chosen={chosen === side}>
            {onChoose ? (
              <label>
                <input
                  type="radio"
                  name={id}
                  checked={chosen === side}
                  aria-describedby={`${id}-${side}`}
                  onChange={() => onChoose(side)}
                />
                {t(`${area}:conflict.${side}`)}
              </label>
            ) : (
              <span>{t(`${area}:conflict.${side}`)}</span>
            )}
            <p id={`${id}-${side}`}>{texts[side] || t(`${area}:conflict.empty`)}</p>
          </div>
        ))}
      </div>
    </fieldset>
  );
}
