import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DuplicateView, PatientPageView } from '../../../server/contract/patient-register.ts';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { keepPatient, patientDuplicatesQuery } from '../../api/patients.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { Identifiers } from './identifiers.tsx';

/** Entries that may be the same person, each beside this one; nothing where there is none. */
export function DuplicatesPanel({ view }: { view: PatientPageView }) {
  const t = useTexts();
  const client = useQueryClient();
  const { patientId } = view;
  const found = useQuery(patientDuplicatesQuery(patientId));
  const [chosen, setChosen] = useState<DuplicateView>();
  const merge = useMutation({
    mutationFn: (body: { mergedId: string; reason: string; confirmed: boolean }) =>
      call('patient:merge', { params: { patientId }, body }),
    onSuccess: (merged) => keepPatient(client, merged),
  });
  if (found.error) return <FailureNotice failure={toFailure(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data || found.data.length === 0) return null;
  const contradicted = fieldsOf(t, chosen);
  return (
    <section className="panel patient-duplicates" aria-labelledby="duplicates">
      <h2 id="duplicates">{t('patients:duplicates.title')}</h2>
      <p className="patient-quiet">{t('patients:duplicates.text')}</p>
      {found.data.map((other) => (
        <Beside key={other.patientId} view={view} other={other} onMerge={() => setChosen(other)} />
      ))}
      {chosen && (
        <ReasonDialog
          title={t('patients:duplicates.dialogTitle')}
          text={
            contradicted === ''
              ? t('patients:duplicates.dialogText')
              : t('patients:duplicates.dialogContradicts', { fields: contradicted })
          }
          confirm={t(contradicted === '' ? 'patients:duplicates.confirm' : 'patients:duplicates.confirmAnyway')}
          danger={contradicted !== ''}
          onClose={() => setChosen(undefined)}
          onConfirm={async (reason) => {
            try {
              await merge.mutateAsync({ mergedId: chosen.patientId, reason, confirmed: contradicted !== '' });
            } catch (err) {
              return toFailure(err);
            }
            setChosen(undefined);
            return undefined;
          }}
        />
      )}
    </section>
  );
}

function fieldsOf(t: ReturnType<typeof useTexts>, other: DuplicateView | undefined): string {
  return (other?.contradictions ?? []).map((one) => t(`patients:contradiction.${one}`)).join(t('patient:and'));
}

function Beside({ view, other, onMerge }: { view: PatientPageView; other: DuplicateView; onMerge: () => void }) {
  const t = useTexts();
  const formats = useFormats();
  const why = [
    other.sameNumber && t('patients:duplicates.sameNumber'),
    other.samePerson && t('patients:duplicates.samePerson'),
  ].filter(Boolean);
  const contradicted = fieldsOf(t, other);
  const people = [view, other];
  const sex = (one: Pick<DuplicateView, 'sex'>) => (one.sex ? t(`terms:sex.${one.sex}`) : '');
  const age = ({ ageYears }: Pick<DuplicateView, 'ageYears'>) =>
    ageYears === null ? '' : t('terms:age', { years: ageYears });
  return (
    <div className="patient-beside">
      <table className="row-table">
        <thead>
          <tr>
            <th scope="col">{t('patients:duplicates.field')}</th>
            <th scope="col">{t('patients:duplicates.own')}</th>
            <th scope="col">{t('patients:duplicates.other')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('patients:page.name')}</th>
            <td>{view.label}</td>
            <td>{other.label}</td>
          </tr>
          <tr>
            <th scope="row">{t('case:sex')}</th>
            {people.map((one) => (
              <td key={one.patientId}>{[sex(one), age(one)].filter(Boolean).join(' · ')}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">{t('patients:columns.identifiers')}</th>
            {people.map((one) => (
              <td key={one.patientId}>
                <Identifiers identifiers={one.identifiers} isIdentified={one.isIdentified} matched={[]} />
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{t('patients:columns.cases')}</th>
            <td>{t('patients:caseCount', { count: view.cases.length })}</td>
            <td>
              {t('patients:caseCount', { count: other.caseCount })} · {formats.moment(other.latestCaseAt)}
            </td>
          </tr>
        </tbody>
      </table>
      <p className="patient-reveal">
        <span>
          {t('patients:duplicates.why')}: {why.join(' · ')}
        </span>
        {contradicted !== '' && (
          <span className="patient-contradiction">
            {t('patients:duplicates.contradicts', { fields: contradicted })}
          </span>
        )}
        <button
          type="button"
          className="button"
          aria-label={t('patients:duplicates.mergeLabel', { label: other.label })}
          onClick={onMerge}
        >
          {t('patients:duplicates.merge')}
        </button>
      </p>
    </div>
  );
}
