import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useState } from 'react';
import type { PatientMergeView, PatientPageView } from '../../../server/contract/patient-register.ts';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { keepPatient } from '../../api/patients.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Identifiers } from './identifiers.tsx';

/** Entries that were joined to this one, each to be parted again. */
export function MergesPanel({ view }: { view: PatientPageView }) {
  const t = useTexts();
  const formats = useFormats();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<PatientMergeView>();
  const undo = useMutation({
    mutationFn: (mergeId: string) => call('patient:undo-merge', { params: { patientId: view.patientId, mergeId } }),
    onSuccess: async (parted) => {
      setChosen(undefined);
      await keepPatient(client, parted);
    },
  });
  if (view.merges.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="merges">
      <h2 id="merges">{t('patients:merges.title')}</h2>
      <ul className="patient-cases">
        {view.merges.map((one) => (
          <li key={one.mergeId}>
            <strong>{one.label}</strong>
            <span>
              <Identifiers identifiers={one.identifiers} isIdentified={true} matched={[]} />
            </span>
            <span className="patient-quiet">
              {t('patients:merges.by', { name: one.byName, at: formats.moment(one.at), reason: one.reason })}
            </span>
            {view.actions.includes('merge') && (
              <span>
                <button
                  type="button"
                  className="button"
                  aria-label={t('patients:merges.undoLabel', { label: one.label })}
                  onClick={() => setChosen(one)}
                >
                  {t('patients:merges.undo')}
                </button>
              </span>
            )}
          </li>
        ))}
      </ul>
      <Modal
        open={chosen !== undefined}
        title={t('patients:merges.undoTitle')}
        okText={t('patients:merges.undo')}
        cancelText={t('cancel')}
        confirmLoading={undo.isPending}
        onOk={() => chosen && undo.mutate(chosen.mergeId)}
        onCancel={() => setChosen(undefined)}
      >
        <p>{t('patients:merges.undoText')}</p>
        {undo.error && <FailureNotice failure={toFailure(undo.error)} />}
      </Modal>
    </section>
  );
}
