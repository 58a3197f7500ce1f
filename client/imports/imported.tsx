import { useEffect, useRef } from 'react';
import type { ImportedPerson, ImportView } from '../../server/contract/imports.ts';
import { LinkSlips } from '../accounts/link-slips.tsx';
import { useTexts } from '../i18n/use-texts.ts';

/** What was imported, and the slips of those who were, shown this once. */
export function Imported({
  view: { counts },
  people,
  onAgain,
}: {
  view: ImportView;
  people: ImportedPerson[];
  onAgain: () => void;
}) {
  const t = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="panel import-done" aria-labelledby="import-done">
      <h2 id="import-done" ref={heading} tabIndex={-1}>
        {t('imports:done.title')}
      </h2>
      <p>{t('imports:done.counts', { added: counts.new, changed: counts.changed, faulty: counts.faulty })}</p>
      {people.length > 0 && (
        <>
          <h3>{t('imports:done.slips', { count: people.length })}</h3>
          <LinkSlips people={people} />
        </>
      )}
      <p>
        <button type="button" className="button" onClick={onAgain}>
          {t('imports:done.again')}
        </button>
      </p>
    </section>
  );
}
