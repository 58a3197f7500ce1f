import { useMutation } from '@tanstack/react-query';
import { Modal } from 'antd';
import { type FormEvent, useState } from 'react';
import type { FactorKind, TotpSetup } from '../../server/contract/second-factor.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { PlainField } from './plain-field.tsx';
import { ProveForm } from './prove-factor.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodeList } from './recovery-codes.tsx';
import { isTotpCode } from './use-factor-proof.ts';

/** Password, scanning, the first code, recovery codes where it is the first factor: one after the other. @param onClose called once it is on, or given up */
export function SetUpTotp({
  kinds,
  isReplaced = false,
  onClose,
}: {
  /** What the account can prove the factor with that it has. */
  kinds: readonly FactorKind[];
  /** An app that is there gives way to another. */
  isReplaced?: boolean;
  onClose: () => void;
}) {
  const t = useTexts();
  const [setup, setSetup] = useState<TotpSetup>();
  const [codes, setCodes] = useState<readonly string[]>();
  return (
    <Modal
      open
      title={t(
        codes
          ? 'secondFactor:codes.title'
          : setup
            ? 'secondFactor:setup.scanTitle'
            : isReplaced
              ? 'secondFactor:replace'
              : 'secondFactor:setUp',
      )}
      width={560}
      footer={null}
      mask={{ closable: false }}
      // Codes that are shown once are not lost to a key.
      keyboard={!codes}
      closable={!codes}
      onCancel={onClose}
    >
      {codes ? (
        <RecoveryCodeList codes={codes} onClose={onClose} />
      ) : setup ? (
        <Scan setup={setup} onConfirmed={(made) => (made ? setCodes(made) : onClose())} />
      ) : (
        <ProveForm
          text={t(kinds.length > 0 ? 'secondFactor:setup.proveText' : 'secondFactor:setup.passwordText')}
          submit={t('secondFactor:setup.next')}
          kinds={kinds}
          onProven={async (body) => setSetup(await call('totp:begin', { body }))}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

function Scan({ setup, onConfirmed }: { setup: TotpSetup; onConfirmed: (codes: readonly string[] | null) => void }) {
  const t = useTexts();
  const [code, setCode] = useState('');
  const [checked, setChecked] = useState(false);
  const confirm = useMutation({
    mutationFn: () => call('totp:confirm', { body: { code } }),
    onSuccess: ({ recoveryCodes }) => onConfirmed(recoveryCodes),
  });
  const failure = confirm.error ? toFailure(confirm.error) : undefined;
  const isOfField = failure?.fields?.includes('code') ?? false;
  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (isTotpCode(code)) confirm.mutate();
  }
  return (
    <form onSubmit={submit} noValidate>
      <p className="factor-text">{t('secondFactor:setup.scanText')}</p>
      <div className="factor-scan">
        <QrCode text={setup.address} label={t('secondFactor:setup.qrCode')} />
        <div>
          <p>{t('secondFactor:setup.typeText')}</p>
          <code className="factor-secret" data-testid="totp-secret">
            {setup.secret.replace(/.{4}(?=.)/g, '$& ')}
          </code>
        </div>
      </div>
      <p className="factor-text">{t('secondFactor:setup.codeText')}</p>
      <PlainField
        label={t('secondFactor:code')}
        className="one-time-code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
        autoFocus
        value={code}
        error={
          failure && isOfField
            ? failureText(failure)
            : checked && !isTotpCode(code)
              ? t('secondFactor:codeMissing')
              : undefined
        }
        onChange={(event) => {
          setCode(event.target.value);
          confirm.reset();
        }}
      />
      {failure && !isOfField && <FailureNotice failure={failure} />}
      <button type="submit" className="button button-primary" disabled={confirm.isPending}>
        {t('secondFactor:setup.confirm')}
      </button>
    </form>
  );
}
