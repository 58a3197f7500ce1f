import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ConsultationView } from '../../server/contract/consultation.ts';
import type { Failure } from '../../server/contract/failure.ts';
import { consultationQuery } from '../api/consultations.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { ModalDialog } from './modal-dialog.tsx';
import { opinionQuery } from './opinion-draft.ts';

/** That what is written amends a signed report, why, and the way to leave it as it is. */
export function AmendmentNotice({ consultation }: { consultation: ConsultationView }) {
  const t = useTexts();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const { consultationId, amendment, reportVersion, actions } = consultation;
  if (!amendment || !actions.includes('withdraw-amendment')) return null;

  async function withdraw(): Promise<void> {
    setBusy(true);
    setFailure(undefined);
    try {
      await call('report:withdraw-amendment', { params: { consultationId } });
      client.removeQueries({ queryKey: opinionQuery(consultationId).queryKey });
      await client.invalidateQueries({ queryKey: consultationQuery(consultationId).queryKey });
    } catch (thrown) {
      setFailure(toFailure(thrown));
    } finally {
      setBusy(false);
    }
  }

  return (
    <section className="opinion-amendment" data-testid="amendment-notice">
      <p>
        <strong>{t(`opinion:amendment.${amendment.kind}`, { version: reportVersion })}</strong> {amendment.reason}
      </p>
      <p className="opinion-dialog-acts">
        <Link className="button" to={`/consultations/${consultationId}/report`} target="_blank" rel="noreferrer">
          {t('opinion:amendment.read')}
        </Link>
        <button type="button" className="button" onClick={() => setAsking(true)}>
          {t('opinion:amendment.withdraw')}
        </button>
      </p>
      {asking && (
        <ModalDialog label={t('opinion:amendment.withdraw')} onClose={() => setAsking(false)}>
          <h2>{t('opinion:amendment.withdraw')}</h2>
          <p>{t('opinion:amendment.withdrawText')}</p>
          {failure && <FailureNotice failure={failure} />}
          <div className="opinion-dialog-acts">
            <button type="button" className="button" disabled={busy} onClick={() => setAsking(false)}>
              {t('opinion:amendment.keep')}
            </button>
            <button type="button" className="button button-primary" disabled={busy} onClick={() => void withdraw()}>
              {t('opinion:amendment.withdraw')}
            </button>
          </div>
        </ModalDialog>
      )}
    </section>
  );
}
