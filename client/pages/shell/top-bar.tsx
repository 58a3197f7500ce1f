import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link, NavLink } from 'react-router';
import { useAdministers, usePermission } from '../../api/session.tsx';
import { workListDeskQuery } from '../../api/work-list.ts';
import { useDemonstrationDesks } from '../../demonstrations/desks.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { ConnectionLight } from '../../ui/connection-light.tsx';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import { NoticeBell } from './notice-bell.tsx';
import { PersonMenu } from './person-menu.tsx';
import { SoundSwitch } from './sound-switch.tsx';
import './top-bar.css';

const UploadStatus = lazy(async () => ({ default: (await import('../../uploads/upload-status.tsx')).UploadStatus }));

export function TopBar() {
  const t = useTexts();
  const lists = usePermission('consultation:list');
  const searches = usePermission('patient:search');
  const audits = usePermission('audit:read');
  const demonstrates = useDemonstrationDesks().length > 0;
  const administers = useAdministers();
  const notices = usePermission('notice:list');
  const uploads = usePermission('consultation:create');
  return (
    <header className="top-bar">
      <Link className="top-bar-name" to="/">
        <img src="/icon.svg" width="28" height="28" alt="" />
        <span>{t('productName')}</span>
      </Link>
      <nav className="top-bar-nav">
        {lists && (
          <NavLink to="/" end>
            {t('shell:nav.workList')}
            <WaitingBadge />
          </NavLink>
        )}
        {searches && <NavLink to="/patients">{t('shell:nav.patients')}</NavLink>}
        {demonstrates && <NavLink to="/demonstrations">{t('shell:nav.demonstrations')}</NavLink>}
        {administers && <NavLink to="/administration">{t('shell:nav.administration')}</NavLink>}
        {audits && <NavLink to="/audit">{t('shell:nav.audit')}</NavLink>}
      </nav>
      <div className="top-bar-tools">
        {uploads && (
          <Suspense>
            <UploadStatus />
          </Suspense>
        )}
        <ConnectionLight />
        {notices && <NoticeBell />}
        <SoundSwitch />
        <LanguageSwitch />
        <PersonMenu />
      </div>
    </header>
  );
}

function WaitingBadge() {
  const t = useTexts();
  const { data } = useQuery(workListDeskQuery);
  const count = data?.counts.mine ?? 0;
  if (count === 0) return null;
  return (
    <span className="top-bar-badge numbers">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="visually-hidden">{t('shell:waiting', { count })}</span>
    </span>
  );
}
