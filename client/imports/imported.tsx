import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { ImportedPerson, ImportView } from '../../server/contract/imports.ts';
import { Slip } from '../accounts/link-slip.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import '../accounts/link-slip.css';

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
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => heading.current?.focus(), []);
  // Thousands of slips are drawn for the printer alone, and taken away again.
  useEffect(() => {
    if (!isPrinting) return;
    window.print();
    setPrinting(false);
  }, [isPrinting]);
  return (
    <section className="panel import-done" aria-labelledby="import-done">
      <h2 id="import-done" ref={heading} tabIndex={-1}>
        {t('imports:done.title')}
      </h2>
      <p>{t('imports:done.counts', { added: counts.new, changed: counts.changed, faulty: counts.faulty })}</p>
      {people.length > 0 && (
        <>
          <h3>{t('imports:done.slips', { count: people.length })}</h3>
          <p className="link-slip-once">{t('imports:done.once')}</p>
          <p>
            <button type="button" className="button button-primary" onClick={() => setPrinting(true)}>
              {t('imports:done.print')}
            </button>
          </p>
          <SlipList people={people} />
        </>
      )}
      <p>
        <button type="button" className="button" onClick={onAgain}>
          {t('imports:done.again')}
        </button>
      </p>
      {isPrinting &&
        createPortal(
          <div className="link-slip-paper import-slips" aria-hidden="true">
            {people.map((one) => (
              <Slip key={one.person.login} made={one} />
            ))}
          </div>,
          document.body,
        )}
    </section>
  );
}

/** The first of them on the screen, so that one may be handed over at once. */
const SHOWN = 100;

function SlipList({ people }: { people: ImportedPerson[] }) {
  const t = useTexts();
  return (
    <div className="import-slip-list">
      <table className="import-slip-table">
        <thead>
          <tr>
            <th scope="col">{t('accounts:slip.person')}</th>
            <th scope="col">{t('accounts:slip.login')}</th>
            <th scope="col">{t('accounts:slip.facility')}</th>
            <th scope="col">{t('imports:done.code')}</th>
          </tr>
        </thead>
        <tbody>
          {people.slice(0, SHOWN).map(({ person, link }) => (
            <tr key={person.login}>
              <td>{person.name}</td>
              <td className="link-slip-code">{person.login}</td>
              <td>{person.facilityName}</td>
              <td className="link-slip-code" data-testid="imported-code">
                {link.secret}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {people.length > SHOWN && <p className="record-hint">…（{people.length}）</p>}
    </div>
  );
}
