import { Link, useLocation } from 'react-router';
import { isEndingSoon } from '../../accounts/licence-tag.tsx';
import { useSession } from '../../api/session.tsx';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import './demonstration-left.css';

/** Tells whoever practises that their licence is over, has not begun, or will be over soon. */
export function LicenceDue() {
  const t = useTexts();
  const formats = useFormats();
  const { licence } = useSession();
  const { pathname } = useLocation();
  if (!licence) return null;
  const { state, validTo, daysLeft } = licence;
  const day = validTo === null ? '' : formats.day(validTo);
  const isEnding = state === 'valid' && isEndingSoon(licence);
  if (!isEnding && state !== 'expired' && state !== 'upcoming') return null;
  return (
    <aside className="demonstration-left" aria-label={t('accounts:licence.title')}>
      <span>
        {isEnding
          ? t('accounts:licence.own.expiring', { day, count: daysLeft ?? 0 })
          : t(`accounts:licence.own.${state === 'upcoming' ? 'upcoming' : 'expired'}`, { day })}
      </span>
      {pathname !== '/account' && <Link to="/account">{t('accounts:licence.title')}</Link>}
    </aside>
  );
}
