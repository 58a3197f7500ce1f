import { useRef } from 'react';
import { Link, useNavigate } from 'react-router';
import type { PatientLine } from '../../../server/contract/patient-register.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { useRowWalk } from '../../ui/use-row-walk.ts';
import { Identifiers } from './identifiers.tsx';

export function PatientTable({ lines }: { lines: PatientLine[] }) {
  const t = useTexts();
  const body = useRef<HTMLTableSectionElement>(null);
  useRowWalk(body, 'a.patient-link', '.patients-search input');
  return (
    <>
      <div className="row-table-frame">
        <table className="row-table">
          <thead>
            <tr>
              <th scope="col">{t('patients:columns.patient')}</th>
              <th scope="col">{t('patients:columns.identifiers')}</th>
              <th scope="col">{t('patients:columns.facility')}</th>
              <th scope="col">{t('patients:columns.cases')}</th>
              <th scope="col">{t('patients:columns.latest')}</th>
            </tr>
          </thead>
          <tbody ref={body}>
            {lines.map((line) => (
              <PatientRow key={line.patientId} line={line} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="row-table-hint">{t('patients:keyboardHint')}</p>
    </>
  );
}

function PatientRow({ line }: { line: PatientLine }) {
  const t = useTexts();
  const formats = useFormats();
  const navigate = useNavigate();
  const address = `/patients/${line.patientId}`;
  const facts = [
    line.sex && t(`terms:sex.${line.sex}`),
    line.ageYears !== null && t('terms:age', { years: line.ageYears }),
  ].filter(Boolean);
  return (
    // The link is the way for keyboard and screen reader; the click anywhere else is a larger target for the mouse.
    <tr className="row-opens patient-row" onClick={() => void navigate(address)}>
      <td>
        <Link
          className="row-link patient-link"
          to={address}
          aria-label={t('patients:open', { label: line.label })}
          onClick={(event) => event.stopPropagation()}
        >
          {line.label}
        </Link>
        <span className="row-second">{facts.join(' · ')}</span>
      </td>
      <td>
        <Identifiers identifiers={line.identifiers} isIdentified={line.isIdentified} matched={line.matched} />
      </td>
      <td>{line.facilityName}</td>
      <td className="numbers">{t('patients:caseCount', { count: line.caseCount })}</td>
      <td className="numbers">{formats.moment(line.latestCaseAt)}</td>
    </tr>
  );
}
