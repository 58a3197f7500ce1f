import { App } from 'antd';
import { useEffect } from 'react';
import { matchPath, useLocation, useNavigate } from 'react-router';
import { useNotice } from '../../api/link-context.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { UrgencyTag } from '../../ui/tags.tsx';

/** A case that has just arrived, in a corner of whatever office page is open. */
export function ArrivalNotice() {
  const t = useTexts();
  const navigate = useNavigate();
  const { notification } = App.useApp();
  const { pathname } = useLocation();
  const open = matchPath('/consultations/:consultationId/*', pathname)?.params.consultationId;
  useEffect(() => {
    if (open) notification.destroy(open);
  }, [open, notification]);
  useNotice('consultation:arrived', (summary) => {
    const key = summary.consultationId;
    if (key === open) return;
    notification.info({
      key,
      title: t('shell:arrived'),
      description: (
        <>
          <UrgencyTag urgency={summary.urgency} /> <span className="numbers">{summary.caseNumber}</span>
          <br />
          {[summary.patientLabel, summary.diagnosisLabel, summary.requesterFacilityName].filter(Boolean).join(' · ')}
        </>
      ),
      actions: (
        <button
          type="button"
          className="button button-primary"
          onClick={() => {
            notification.destroy(key);
            void navigate(`/consultations/${key}`);
          }}
        >
          {t('shell:arrivedOpen')}
        </button>
      ),
      duration: 12,
      placement: 'bottomRight',
    });
  });
  return null;
}
