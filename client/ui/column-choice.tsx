import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import './column-choice.css';

export interface ColumnOption<Key extends string> {
  key: Key;
  title: string;
}

/** Which columns of a table this browser leaves out. `table`: its name among the tables of the product. */
export function useHiddenColumns<Key extends string>(table: string) {
  const storedUnder = `huizhen.columns.${table}`;
  const [hidden, setHidden] = useState<readonly Key[]>(() => readHidden(storedUnder));
  return {
    isShown: (key: Key) => !hidden.includes(key),
    show(key: Key, shown: boolean) {
      const next = shown ? hidden.filter((one) => one !== key) : [...hidden, key];
      localStorage.setItem(storedUnder, next.join(','));
      setHidden(next);
    },
  };
}

/** A name that an earlier version had is of no column now, and hides none. */
function readHidden<Key extends string>(storedUnder: string): Key[] {
  return (localStorage.getItem(storedUnder) ?? '').split(',').filter((key) => key !== '') as Key[];
}

/** Opens a list of a table's columns, each of which can be left out. */
export function ColumnChoice<Key extends string>({
  columns,
  isShown,
  onShow,
}: {
  columns: readonly ColumnOption<Key>[];
  isShown: (key: Key) => boolean;
  onShow: (key: Key, shown: boolean) => void;
}) {
  const t = useTexts();
  const details = useRef<HTMLDetailsElement>(null);
  useClosing(details);
  return (
    <details className="column-choice" ref={details}>
      <summary className="button">{t('columns')}</summary>
      <fieldset aria-label={t('columns')}>
        {columns.map(({ key, title }) => (
          <label key={key}>
            <input type="checkbox" checked={isShown(key)} onChange={(event) => onShow(key, event.target.checked)} />
            {title}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

/** Closes with Escape, and with a press anywhere else. */
function useClosing(details: React.RefObject<HTMLDetailsElement | null>): void {
  useEffect(() => {
    const close = () => details.current?.removeAttribute('open');
    const onPress = ({ target }: PointerEvent) => {
      if (!details.current?.contains(target as Node)) close();
    };
    const onKey = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape' || !details.current?.open) return;
      close();
      details.current.querySelector('summary')?.focus();
    };
    document.addEventListener('pointerdown', onPress);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onPress);
      document.removeEventListener('keydown', onKey);
    };
  }, [details]);
}
