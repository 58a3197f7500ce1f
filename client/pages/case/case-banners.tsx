import { Link } from 'react-router';
import type { ConsultationView, HandOver } from '../../../server/contract/consultation.ts';
import { consultWithdrawnAt } from '../../consents/withdrawn-at.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { VideoIcon } from '../../ui/icons.tsx';

/** What must not be overlooked, above everything else. */
export function CaseBanners({ view }: { view: ConsultationView }) {
  const t = useTexts();
  const formats = useFormats();
  const { interruption, reason, call, actions, consultationId } = view;
  const withdrawnAt = consultWithdrawnAt(view);
  return (
    <>
      {call && call.endedAt === null && (
        <section className="case-banner" data-kind="call">
          <VideoIcon />
          <div>
            <h2>{t('case:callActive')}</h2>
            <p>
              {t('case:callStartedBy', { name: call.startedBy.name })} · {formats.moment(call.startedAt)}
            </p>
          </div>
        </section>
      )}
      {view.kindChange && (
        <section className="case-banner" data-kind="form">
          <div>
            <h2>{t('case:kindChanged')}</h2>
            <p className="case-text">
              {t('case:kindChangedBy', { name: view.kindChange.by.name, reason: view.kindChange.reason })}
            </p>
          </div>
        </section>
      )}
      {view.handOver && !view.issuedAt && <HandOverBanner handOver={view.handOver} />}
      {withdrawnAt && (
        <section className="case-banner" data-kind="danger">
          <div>
            <h2>{t('consents:withdrawnBanner')}</h2>
            <p>{t('consents:accessEnded', { at: formats.moment(withdrawnAt) })}</p>
          </div>
        </section>
      )}
      {interruption && reason && !withdrawnAt && (
        <section className="case-banner" data-kind={interruption === 'sent-back' ? 'warning' : 'danger'}>
          <div>
            <h2>{t(`case:reasonOf.${interruption}`)}</h2>
            <p className="case-text">{reason}</p>
          </div>
        </section>
      )}
      {view.issuedAt && actions.includes('read-report') && (
        <section className="case-banner" data-kind="report">
          <div>
            <h2>
              {view.reportVersion && view.reportVersion > 1
                ? t('case:reportAmended', { version: view.reportVersion })
                : t('case:reportIssued')}
            </h2>
            <p>
              {[view.specialist?.name, view.specialist?.facilityName, formats.moment(view.issuedAt)]
                .filter(Boolean)
                .join(' · ')}
            </p>
            {actions.includes('acknowledge') && <p>{t('case:reportHint')}</p>}
            {view.amendment && (
              <p className="case-text">
                <strong>{t(`case:amendmentUnderway.${view.amendment.kind}`)}</strong> {view.amendment.reason}
              </p>
            )}
          </div>
          <Link className="button" to={`/consultations/${consultationId}/report`}>
            {t('case:actions.read-report')}
          </Link>
        </section>
      )}
    </>
  );
}

function HandOverBanner({ handOver: { from, by, cause, reason, at } }: { handOver: HandOver }) {
  const t = useTexts();
  const formats = useFormats();
  return (
    <section className="case-banner" data-kind="warning" data-testid="handed-over">
      <div>
        <h2>{t('case:handedOver', { name: from.name })}</h2>
        <p className="case-text">
          {by ? t('case:handedOverBy', { name: by.name, reason }) : t(`case:handedOverFor.${cause ?? 'licence'}`)} ·{' '}
          {formats.moment(at)}
        </p>
      </div>
    </section>
  );
}
