import { Link, useLocation } from 'react-router';
import { useSession } from '../../api/session.tsx';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import './demonstration-left.css';

/** Tells whoever will have to set up a second factor until when. */
export function FactorDue() {
  const t = useTexts();
  const formats = useFormats();
  const { dueDay } = useSession().secondFactor;
  const { pathname } = useLocation();
  if (dueDay === null) return null;
  return (
    <aside className="demonstration-left" aria-label={t('secondFactor:title')}>
      <span>{t('secondFactor:required.due', { day: formats.day(dueDay) })}</span>
      {pathname !== '/account' && <Link to="/account">{t('secondFactor:setUp')}</Link>}
    </aside>
  );
}
