import type { DemoAccount } from '../../../server/contract/account.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import type { Entry } from './sign-in-form.tsx';

export function DemoAccounts({
  accounts,
  chosen,
  onChoose,
}: {
  accounts: DemoAccount[];
  chosen: string;
  onChoose: (entry: Entry) => void;
}) {
  const t = useTexts();
  const facilities = [...new Set(accounts.map((account) => account.facilityName))];
  return (
    <section className="demo-accounts" aria-labelledby="demo-title">
      <h2 id="demo-title">{t('signIn:demoTitle')}</h2>
      <p className="demo-hint">{t('signIn:demoHint')}</p>
      {facilities.map((facility) => (
        <div key={facility}>
          <h3>{facility}</h3>
          <ul>
            {accounts
              .filter((account) => account.facilityName === facility)
              .map(({ account, password, name, role }) => (
                <li key={account}>
                  <button
                    type="button"
                    className="demo-account"
                    aria-pressed={chosen === account}
                    title={t('signIn:fillWith', { account, role: t(`terms:role.${role}`) })}
                    onClick={() => onChoose({ account, password })}
                  >
                    <span className="demo-account-name">{name}</span>
                    <span>{t(`terms:role.${role}`)}</span>
                    <code>{account}</code>
                  </button>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
