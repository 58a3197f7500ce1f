import { Modal } from 'antd';
import { type FormEvent, useState } from 'react';
import type { Failure } from '../../server/contract/failure.ts';
import type { FactorKind, ProvenInput } from '../../server/contract/second-factor.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { FactorProofField, toProof, useTypedProof } from './factor-proof-field.tsx';
import { PlainField } from './plain-field.tsx';

/** Asks for password and second factor before an act. Stays open where it fails. @param onProven resolves to the failure, if any */
export function ProveFactor({
  title,
  text,
  kinds,
  danger = false,
  onProven,
  onClose,
}: {
  title: string;
  text: string;
  kinds: readonly FactorKind[];
  danger?: boolean;
  onProven: (input: ProvenInput) => Promise<Failure | undefined>;
  onClose: () => void;
}) {
  const t = useTexts();
  const [password, setPassword] = useState('');
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const forget = () => setFailure(undefined);
  const { proof, type, clear } = useTypedProof(forget);
  const faultOf = (field: string) => (failure?.fields?.includes(field) ? failureText(failure) : undefined);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    const proven = toProof(proof);
    if (password === '' || !proven) return;
    setBusy(true);
    const failed = await onProven({ password, proof: proven }).finally(() => setBusy(false));
    setFailure(failed);
    setChecked(false);
    clear();
  }

  return (
    <Modal open title={title} footer={null} mask={{ closable: false }} onCancel={onClose}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <p className="factor-text">{text}</p>
        <PlainField
          label={t('secondFactor:password')}
          type="password"
          autoComplete="current-password"
          maxLength={256}
          autoFocus
          value={password}
          error={faultOf('password') ?? (checked && password === '' ? t('secondFactor:passwordMissing') : undefined)}
          onChange={(event) => {
            setPassword(event.target.value);
            forget();
          }}
        />
        <FactorProofField value={proof} kinds={kinds} checked={checked} fault={faultOf('proof.code')} onChange={type} />
        {failure && !failure.fields && <FailureNotice failure={failure} />}
        <div className="person-acts factor-acts">
          <button type="button" className="button" disabled={busy} onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" className={`button ${danger ? 'button-danger' : 'button-primary'}`} disabled={busy}>
            {title}
          </button>
        </div>
      </form>
    </Modal>
  );
}
