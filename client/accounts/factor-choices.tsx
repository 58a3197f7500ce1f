import { useState } from 'react';
import type { SecondFactorView } from '../../server/contract/second-factor.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { supportsKeys } from './security-key.ts';
import { SetUpKey } from './set-up-key.tsx';
import { SetUpTotp } from './set-up-totp.tsx';

/** What can be added: an app where there is none, and any number of keys where address and browser allow it. */
export function FactorChoices({ factor, onAdded }: { factor: SecondFactorView; onAdded: () => void }) {
  const t = useTexts();
  const [open, setOpen] = useState<'totp' | 'security-key'>();
  const { totpAddedAt, securityKeys, kinds, isKeyPossible } = factor;
  const isFirst = totpAddedAt === null && securityKeys.length === 0;
  const close = () => {
    setOpen(undefined);
    onAdded();
  };
  const isPossible = isKeyPossible && supportsKeys();
  return (
    <>
      {totpAddedAt === null && (
        <button type="button" className={isFirst ? 'button button-primary' : 'button'} onClick={() => setOpen('totp')}>
          {t('secondFactor:setUp')}
        </button>
      )}
      {isPossible && (
        <button type="button" className="button" onClick={() => setOpen('security-key')}>
          {t('secondFactor:key.add')}
        </button>
      )}
      {!isPossible && (
        <p className="factor-no-key">
          {t(isKeyPossible ? 'secondFactor:key.unsupported' : 'secondFactor:key.address')}
        </p>
      )}
      {open === 'totp' && <SetUpTotp kinds={kinds} onClose={close} />}
      {open === 'security-key' && (
        <SetUpKey
          kinds={kinds}
          proposedName={t('secondFactor:key.proposedName', { number: securityKeys.length + 1 })}
          onClose={close}
        />
      )}
    </>
  );
}
