import { Modal } from 'antd';
import { type FormEvent, useState } from 'react';
import type { Failure } from '../../server/contract/failure.ts';
import type { FactorKind } from '../../server/contract/second-factor.ts';
import type { SecurityKeyCreation } from '../../server/contract/security-key.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { PlainField } from './plain-field.tsx';
import { ProveForm } from './prove-factor.tsx';
import { RecoveryCodeList } from './recovery-codes.tsx';
import { makeKey } from './security-key.ts';

/** Password, the browser's own dialog, and recovery codes where it is the first factor. @param onClose called once it is on, or given up */
export function SetUpKey({
  kinds,
  proposedName,
  onClose,
}: {
  /** What the account can prove the factor with that it has. */
  kinds: readonly FactorKind[];
  proposedName: string;
  onClose: () => void;
}) {
  const t = useTexts();
  const [creation, setCreation] = useState<SecurityKeyCreation>();
  const [codes, setCodes] = useState<readonly string[]>();
  return (
    <Modal
      open
      title={t(codes ? 'secondFactor:codes.title' : 'secondFactor:key.add')}
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
      ) : creation ? (
        <MakeKey
          creation={creation}
          proposedName={proposedName}
          onAdded={(made) => (made ? setCodes(made) : onClose())}
          onClose={onClose}
        />
      ) : (
        <ProveForm
          text={t(kinds.length > 0 ? 'secondFactor:key.proveText' : 'secondFactor:setup.passwordText')}
          submit={t('secondFactor:setup.next')}
          kinds={kinds}
          onProven={async (body) => setCreation(await call('security-key:begin', { body }))}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

function MakeKey({
  creation,
  proposedName,
  onAdded,
  onClose,
}: {
  creation: SecurityKeyCreation;
  proposedName: string;
  onAdded: (codes: readonly string[] | null) => void;
  onClose: () => void;
}) {
  const t = useTexts();
  const [name, setName] = useState(proposedName);
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<'known' | 'unused' | Failure>();
  const isNamed = name.trim() !== '';

  async function make() {
    const attestation = await makeKey(creation);
    if (attestation === 'known' || attestation === 'unused') return setRefused(attestation);
    const { recoveryCodes } = await call('security-key:add', { body: { name, attestation } });
    onAdded(recoveryCodes);
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (!isNamed) return;
    setBusy(true);
    setRefused(undefined);
    void make()
      .catch((thrown: unknown) => setRefused(toFailure(thrown)))
      .finally(() => setBusy(false));
  }

  return (
    <form onSubmit={submit} noValidate>
      <p className="factor-text">{t('secondFactor:key.makeText')}</p>
      <PlainField
        label={t('secondFactor:key.name')}
        hint={t('secondFactor:key.nameHint')}
        error={checked && !isNamed ? t('secondFactor:key.nameMissing') : undefined}
        maxLength={64}
        autoFocus
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {refused && typeof refused === 'object' && !refused.fields && <FailureNotice failure={refused} />}
      <p className="field-error" role="alert">
        {typeof refused === 'string' && t(`secondFactor:key.${refused}`)}
        {typeof refused === 'object' && refused.fields && failureText(refused)}
      </p>
      <div className="person-acts factor-acts">
        <button type="button" className="button" disabled={busy} onClick={onClose}>
          {t('cancel')}
        </button>
        <button type="submit" className="button button-primary" disabled={busy}>
          {t(busy ? 'secondFactor:key.waiting' : 'secondFactor:key.make')}
        </button>
      </div>
    </form>
  );
}
