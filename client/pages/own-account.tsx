import { ChangePassword } from '../accounts/change-password.tsx';
import { OwnLicence } from '../accounts/own-licence.tsx';
import { OwnSessions } from '../accounts/own-sessions.tsx';
import { SecondFactor } from '../accounts/second-factor.tsx';
import { SignInHistory } from '../accounts/sign-in-history.tsx';
import { useSession } from '../api/session.tsx';
import { OwnCredits } from '../demonstrations/own-credits.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { Page } from '../ui/page.tsx';
import '../accounts/own-account.css';

export function OwnAccountPage() {
  const t = useTexts();
  const { person, licence } = useSession();
  const line = [person.name, person.title, t(`terms:role.${person.role}`), person.facilityName];
  return (
    <Page title={t('accounts:own.title')} intro={line.filter(Boolean).join(' · ')}>
      <div className="own-account">
        <div className="own-secrets">
          <ChangePassword />
          <SecondFactor />
        </div>
        <div className="own-secrets">
          {licence && <OwnLicence />}
          <OwnSessions />
          <OwnCredits />
        </div>
        <SignInHistory />
      </div>
    </Page>
  );
}
