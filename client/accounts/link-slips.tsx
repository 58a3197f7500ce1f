import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { ImportedPerson } from '../../server/contract/imports.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Slip } from './link-slip.tsx';
import './link-slip.css';

/** The first of them on the screen, so that one may be handed over at once. */
const SHOWN = 100;

/** Links of several people, just made and shown this once: as a table, and printed with a page for each. */
export function LinkSlips({ people }: { people: ImportedPerson[] }) {
  const t = useTexts();
  const [isPrinting, setPrinting] = useState(false);
  // Thousands of slips are drawn for the printer alone, and taken away again.
  useEffect(() => {
    if (!isPrinting) return;
    window.print();
    setPrinting(false);
  }, [isPrinting]);
  return (
    <>
      <p className="link-slip-once">{t('accounts:slips.once')}</p>
      <p>
        <button type="button" className="button button-primary" onClick={() => setPrinting(true)}>
          {t('accounts:slips.print')}
        </button>
      </p>
      <div className="link-slip-list">
        <table className="link-slip-table">
          <thead>
            <tr>
              <th scope="col">{t('accounts:slip.person')}</th>
              <th scope="col">{t('accounts:slip.login')}</th>
              <th scope="col">{t('accounts:slip.facility')}</th>
              <th scope="col">{t('accounts:slip.code')}</th>
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
        {people.length > SHOWN && (
          <p className="record-hint">{t('accounts:slips.more', { count: people.length - SHOWN })}</p>
        )}
      </div>
      {isPrinting &&
        createPortal(
          <div className="link-slip-paper link-slips-paper" aria-hidden="true">
            {people.map((one) => (
              <Slip key={one.person.login} made={one} />
            ))}
          </div>,
          document.body,
        )}
    </>
  );
}
