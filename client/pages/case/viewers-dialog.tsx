import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { consultWithdrawnAt } from '../../consents/withdrawn-at.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** Everybody who may see the case at this moment, as the server says, and on what ground. */
export function ViewersDialog({ view, onClose }: { view: ConsultationView; onClose: () => void }) {
  const t = useTexts();
  const formats = useFormats();
  const { consultationId } = view;
  const withdrawnAt = consultWithdrawnAt(view);
  const viewers = useQuery({
    queryKey: ['viewers', consultationId],
    queryFn: ({ signal }) => call('consultation:viewers', { params: { consultationId }, signal }),
    staleTime: 0,
  });
  return (
    <Modal open width={760} title={t('case:viewers.title')} footer={null} onCancel={onClose}>
      <p>{t('case:viewers.text')}</p>
      {withdrawnAt && <p>{t('consents:accessEnded', { at: formats.moment(withdrawnAt) })}</p>}
      {viewers.error && <FailureNotice failure={toFailure(viewers.error)} onRetry={() => void viewers.refetch()} />}
      {viewers.isPending && <Skeleton lines={4} lineHeightPx={44} />}
      <ul className="case-viewers">
        {viewers.data?.map(({ person, basis, since, until, revealsPatient }) => (
          <li key={person.accountId} className="case-viewer">
            <span>
              <strong>{person.name}</strong> {person.title}
            </span>
            <span className="case-quiet">
              {[t(`terms:role.${person.role}`), person.facilityName].filter(Boolean).join(' · ')}
            </span>
            <span>
              {t('case:viewers.because', { basis: t(`audit:basis.${basis}`) })}
              {revealsPatient && ` · ${t('case:viewers.reveals')}`}
            </span>
            <span className="case-quiet">
              {t('case:viewers.since', { at: formats.moment(since) })}
              {until && ` · ${t('case:viewers.until', { at: formats.moment(until) })}`}
            </span>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
