import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { SessionView } from '../../../server/contract/account.ts';
import { toFailure } from '../../api/failures.ts';
import { rememberSignedIn, sessionQuery, signInOptionsQuery } from '../../api/session.tsx';
import { addAllTexts } from '../../i18n/i18n.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { DemoStrip } from '../../ui/demo-strip.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { useDocumentTitle } from '../../ui/page.tsx';
import { ProductHead } from '../../ui/product-head.tsx';
import { DemoAccounts } from './demo-accounts.tsx';
import { PasskeySignIn } from './passkey-sign-in.tsx';
import { SecondStep } from './second-step.tsx';
import { parseSignInSearch } from './sign-in-address.ts';
import { type Entry, SignInForm } from './sign-in-form.tsx';
import './sign-in.css';

/** Comes without antd, so that it is there quickly on a slow line. */
export function SignInPage() {
  const t = useTexts();
  const navigate = useNavigate();
  const { from = '/', ended } = parseSignInSearch(useSearchParams()[0]);
  const [entry, setEntry] = useState<Entry>({ account: '', password: '' });
  const enter = (next: Entry) => {
    preloadFirstPage();
    setEntry(next);
  };
  const [isSecondStep, setSecondStep] = useState(false);
  const client = useQueryClient();
  const signedIn = (session: SessionView) => {
    client.clear();
    client.setQueryData(sessionQuery.queryKey, session);
    rememberSignedIn(true);
    void navigate(from, { replace: true });
  };
  const options = useQuery(signInOptionsQuery);
  const demoAccounts = options.data?.demoAccounts ?? [];
  const offersPasskey = options.data?.offersPasskey ?? false;
  useDocumentTitle(t('signIn:title'));

  return (
    <>
      {demoAccounts.length > 0 && <DemoStrip />}
      <div className="sign-in" data-demo={demoAccounts.length > 0}>
        <ProductHead />
        <main className="sign-in-body">
          <section className="sign-in-form" aria-labelledby="sign-in-title">
            <h1 id="sign-in-title">{t('signIn:title')}</h1>
            {ended && (
              <p className="sign-in-ended" role="status">
                {t(`signIn:ended.${ended}`)}
              </p>
            )}
            {options.data?.awaitsAdministrator && (
              <div className="sign-in-ended" role="status">
                <b>{t('signIn:awaitsAdministrator')}</b>
                <p>{t('signIn:awaitsAdministratorText')}</p>
              </div>
            )}
            {options.error && (
              <FailureNotice failure={toFailure(options.error)} onRetry={() => void options.refetch()} />
            )}
            {isSecondStep ? (
              <SecondStep onSignedIn={signedIn} onBack={() => setSecondStep(false)} />
            ) : (
              <>
                <SignInForm
                  entry={entry}
                  offersPasskey={offersPasskey}
                  onEntry={enter}
                  onSignedIn={signedIn}
                  onFactorNeeded={() => {
                    setEntry({ ...entry, password: '' });
                    setSecondStep(true);
                  }}
                />
                {offersPasskey && <PasskeySignIn onSignedIn={signedIn} />}
              </>
            )}
          </section>
          {demoAccounts.length > 0 ? (
            <DemoAccounts accounts={demoAccounts} chosen={entry.account} onChoose={enter} />
          ) : (
            <section className="sign-in-claims">
              <h2>{t('signIn:claimTitle')}</h2>
              <ul>
                <li>{t('signIn:claims.images')}</li>
                <li>{t('signIn:claims.voice')}</li>
                <li>{t('signIn:claims.signed')}</li>
              </ul>
            </section>
          )}
        </main>
      </div>
    </>
  );
}

/** Fetches what comes next while the password is being typed. Where it fails, it is fetched again when it is needed. */
function preloadFirstPage(): void {
  const chunks = [
    import('../shell/signed-in.tsx'),
    import('../shell/office-frame.tsx'),
    import('../work-list/work-list.tsx'),
    addAllTexts(),
  ];
  for (const chunk of chunks) chunk.catch(() => undefined);
}
