import { ChangePassword } from '../accounts/change-password.tsx';
import { OwnSessions } from '../accounts/own-sessions.tsx';
import { SignInHistory } from '../accounts/sign-in-history.tsx';
import { useSession } from '../api/session.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { Page } from '../ui/page.tsx';
import '../accounts/own-account.css';

export function OwnAccountPage() {
  const t = useTexts();
  const { person } = useSession();
  const line = [person.name, person.title, t(`terms:role.${person.role}`), person.facilityName];
  return (
    <Page title={t('accounts:own.title')} intro={line.filter(Boolean).join(' · ')}>
      <div className="own-account">
        <ChangePassword />
        <OwnSessions />
        <SignInHistory />
      </div>
    </Page>
  );
}
