import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useEffect } from 'react';
import { matchPath, useLocation, useNavigate } from 'react-router';
import { reportFault } from '../../api/failures.ts';
import { useNotice } from '../../api/link-context.tsx';
import { markNoticesRead } from '../../api/notices.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { UrgencyTag } from '../../ui/tags.tsx';

/** What has just happened to a case, in a corner of whatever office page is open. */
export function ArrivalNotice() {
  const t = useTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { notification } = App.useApp();
  const { pathname } = useLocation();
  const open = matchPath('/consultations/:consultationId/*', pathname)?.params.consultationId;
  useEffect(() => {
    if (!open || open === 'new') return;
    notification.destroy(open);
    // Whoever looks at the case knows.
    markNoticesRead(client, open).catch(reportFault);
  }, [open, notification, client]);
  useNotice('notice:posted', (notice) => {
    const key = notice.consultationId;
    // What is about no case waits in the bell.
    if (key === null) return;
    if (key === open) {
      markNoticesRead(client, open).catch(reportFault);
      if (notice.kind === 'signed' || notice.kind === 'amended')
        notification.success({ key, title: t(`shell:notices.kind.${notice.kind}`), duration: 8 });
      return;
    }
    notification.info({
      key,
      title: t(`shell:notices.kind.${notice.kind}`),
      description: (
        <>
          <UrgencyTag urgency={notice.urgency} /> <span className="numbers">{notice.caseNumber}</span>
          <br />
          {[notice.byName, notice.byFacilityName].filter(Boolean).join(' · ')}
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
