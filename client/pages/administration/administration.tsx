import { useEffect, useRef } from 'react';
import { Navigate, NavLink, Outlet, useLocation, useMatch } from 'react-router';
import { useSession } from '../../api/session.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Page } from '../../ui/page.tsx';
import { NoPermission } from '../no-permission.tsx';
import { sections } from './sections.ts';
import './administration.css';

/** The frame of all that is administered: the sections that are the person's, and the one that is open. */
export function AdministrationPage() {
  const t = useTexts();
  const { permissions } = useSession();
  const isAtItself = useMatch('/administration') !== null;
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address opens another section
  useEffect(() => {
    nav.current?.querySelector('.active')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);
  const mine = sections.filter(({ permission }) => permissions.includes(permission));
  const [first] = mine;
  if (!first) return <NoPermission />;
  if (isAtItself) return <Navigate to={`/administration/${first.name}`} replace />;
  return (
    <Page title={t('administration:title')}>
      <nav ref={nav} className="administration-sections" aria-label={t('administration:sectionsLabel')}>
        {mine.map(({ name }) => (
          <NavLink key={name} to={`/administration/${name}`}>
            {t(`administration:sections.${name}`)}
          </NavLink>
        ))}
      </nav>
      <Outlet />
    </Page>
  );
}
