import { Radio } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';

export interface ChangedField {
  name: string;
  label: string;
  mine: string;
  theirs: string;
}

type Side = 'mine' | 'theirs';
const SIDES: readonly Side[] = ['mine', 'theirs'];

/** Somebody else saved the person meanwhile: both versions of what differs, and the choice. Nothing is chosen for anybody. */
export function PersonConflict({
  fields,
  onChosen,
}: {
  fields: readonly ChangedField[];
  /** @param theirs names of the fields in which what is saved now stays. */
  onChosen: (theirs: string[]) => void;
}) {
  const t = useTexts();
  const title = useId();
  const [chosen, setChosen] = useState<Record<string, Side>>({});
  const heading = useRef<HTMLHeadingElement>(null);
  // Saving is below the form, this above it: whoever has just pressed is led here.
  useEffect(() => heading.current?.focus(), []);
  const left = fields.filter(({ name }) => chosen[name] === undefined).length;
  return (
    <section className="person-conflict" role="alert" aria-labelledby={title} data-testid="person-conflict">
      <h2 id={title} ref={heading} tabIndex={-1}>
        {t('accounts:person.conflict.title')}
      </h2>
      <p>{t('accounts:person.conflict.text')}</p>
      {fields.map((field) => (
        <fieldset key={field.name}>
          <legend>{field.label}</legend>
          <Radio.Group
            value={chosen[field.name] ?? null}
            onChange={(event) => setChosen({ ...chosen, [field.name]: event.target.value as Side })}
          >
            {SIDES.map((side) => (
              <Radio key={side} value={side}>
                {t('labelled', {
                  label: t(`accounts:person.conflict.${side}`),
                  value: field[side] || t('accounts:person.conflict.empty'),
                })}
              </Radio>
            ))}
          </Radio.Group>
        </fieldset>
      ))}
      <button
        type="button"
        className="button button-primary"
        disabled={left > 0}
        onClick={() => onChosen(fields.filter(({ name }) => chosen[name] === 'theirs').map(({ name }) => name))}
      >
        {t('accounts:person.conflict.apply')}
      </button>
      {left > 0 && <p role="status">{t('accounts:person.conflict.left', { count: left })}</p>}
    </section>
  );
}
