import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Popover } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { NoticeView } from '../../../server/contract/notice.ts';
import { reportFault, toFailure } from '../../api/failures.ts';
import { markNoticesRead, noticesQuery } from '../../api/notices.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { BellIcon } from '../../ui/icons.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import './notice-bell.css';

/** What happened to one's cases: opening the list marks it as read. */
export function NoticeBell() {
  const t = useTexts();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const history = useQuery(noticesQuery);
  const unread = history.data?.unread ?? 0;
  /** They were seen once the list is closed again, or one of them is followed: until then the new ones stay marked. */
  const close = () => {
    setOpen(false);
    if (unread > 0) markNoticesRead(client).catch(reportFault);
  };
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={(isOpen) => (isOpen ? setOpen(true) : close())}
      content={
        <section className="notice-history" aria-label={t('shell:notices.title')} data-testid="notice-history">
          <h2>{t('shell:notices.title')}</h2>
          {history.isPending && <Skeleton lines={4} />}
          {history.error && <FailureNotice failure={toFailure(history.error)} onRetry={() => void history.refetch()} />}
          {history.data?.notices.length === 0 && <p className="notice-none">{t('shell:notices.none')}</p>}
          <ul>
            {history.data?.notices.map((notice) => (
              <Line key={notice.noticeId} notice={notice} onOpen={close} />
            ))}
          </ul>
        </section>
      }
    >
      <button
        type="button"
        className="button button-quiet notice-bell"
        aria-label={t('shell:notices.open', { count: unread })}
        aria-expanded={open}
      >
        <BellIcon />
        {unread > 0 && (
          <span className="notice-count numbers" aria-hidden="true">
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </button>
    </Popover>
  );
}

function Line({ notice, onOpen }: { notice: NoticeView; onOpen: () => void }) {
  const t = useTexts();
  const formats = useFormats();
  const { agreement, licence, proposal, machine, demonstration } = notice;
  return (
    <li data-unread={notice.readAt === null}>
      <Link to={addressOf(notice)} onClick={onOpen}>
        <b>{t(`shell:notices.kind.${notice.kind}`)}</b>
        {agreement ? (
          <span>
            {t('shell:notices.agreement', {
              inviting: agreement.inviting.name,
              invited: agreement.invited.name,
              day: formats.day(agreement.toDay),
            })}
          </span>
        ) : licence ? (
          <span>
            {t('shell:notices.licence', {
              name: licence.name,
              facility: licence.facilityName,
              day: formats.day(licence.toDay),
            })}
          </span>
        ) : proposal ? (
          <span>{t(`policies:subjects.${proposal.subject}`)}</span>
        ) : machine ? (
          <span>
            {t(machine.awaits ? 'shell:notices.machineAwaits' : 'shell:notices.machine', {
              name: machine.name,
              facility: machine.facilityName,
            })}
          </span>
        ) : notice.kind === 'factor-reset' ? (
          <span>{t('shell:notices.factorReset')}</span>
        ) : demonstration ? (
          <span>{demonstration.title}</span>
        ) : (
          <span className="numbers">{notice.caseNumber}</span>
        )}
        <span className="notice-by">
          {[notice.byName, notice.byFacilityName].filter(Boolean).join(' · ')}
          {notice.byName && ' · '}
          <time dateTime={notice.at} className="numbers">
            {formats.moment(notice.at)}
          </time>
        </span>
      </Link>
    </li>
  );
}

/** Where what it is about is looked at. */
function addressOf({ kind, agreement, licence, proposal, machine, demonstration, consultationId }: NoticeView): string {
  if (kind === 'factor-reset') return '/account';
  if (licence) return licence.isOwn ? '/account' : '/administration/people';
  if (proposal) return '/administration/policies';
  if (machine) return '/administration/machines';
  if (demonstration) return `/demonstrations/${demonstration.demonstrationId}`;
  return agreement ? `/administration/agreements/${agreement.agreementId}` : `/consultations/${consultationId}`;
}
