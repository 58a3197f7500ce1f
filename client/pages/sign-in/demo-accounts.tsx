import { useId, useState } from 'react';
import type { DemoAccount } from '../../../server/contract/account.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import type { Entry } from './sign-in-form.tsx';

interface Choosing {
  chosen: string;
  onChoose: (entry: Entry) => void;
}

/** The main characters of the demonstration at once, everybody else of the network behind one line. */
export function DemoAccounts({ accounts, ...choosing }: Choosing & { accounts: DemoAccount[] }) {
  const t = useTexts();
  const others = accounts.filter(({ isMain }) => !isMain);
  return (
    <section className="demo-accounts" aria-labelledby="demo-title">
      <h2 id="demo-title">{t('signIn:demoTitle')}</h2>
      <p className="demo-hint">{t('signIn:demoHint')}</p>
      <ByFacility accounts={accounts.filter(({ isMain }) => isMain)} {...choosing} />
      {others.length > 0 && <Others accounts={others} {...choosing} />}
    </section>
  );
}

function Others({ accounts, ...choosing }: Choosing & { accounts: DemoAccount[] }) {
  const t = useTexts();
  const id = useId();
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLowerCase();
  const found = accounts.filter(({ name, account, role, facilityName }) =>
    [name, account, t(`terms:role.${role}`), facilityName].some((text) => text.toLowerCase().includes(wanted)),
  );
  return (
    <details className="demo-others">
      <summary>{t('signIn:others', { count: accounts.length })}</summary>
      <label className="field-label" htmlFor={id}>
        {t('signIn:othersSearch')}
      </label>
      <input
        id={id}
        type="search"
        className="field-input"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <p className="demo-hint" role="status">
        {found.length === 0 && t('signIn:othersNone')}
      </p>
      <ByFacility accounts={found} {...choosing} />
    </details>
  );
}

function ByFacility({ accounts, chosen, onChoose }: Choosing & { accounts: DemoAccount[] }) {
  const t = useTexts();
  const facilities = [...new Set(accounts.map((account) => account.facilityName))];
  return facilities.map((facility) => (
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
  ));
}
