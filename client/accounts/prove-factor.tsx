import { Modal } from 'antd';
import { type FormEvent, useState } from 'react';
import type { Failure } from '../../server/contract/failure.ts';
import type { AddFactorInput, FactorKind, ProvenInput } from '../../server/contract/second-factor.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { FactorProofField } from './factor-proof-field.tsx';
import { PlainField } from './plain-field.tsx';
import { useFactorProof } from './use-factor-proof.ts';

/** Asks for the password, and for the second factor of whoever has one. Stays as it is where the act fails. */
export function ProveForm({
  text,
  submit,
  kinds,
  danger = false,
  onProven,
  onClose,
}: {
  text: string;
  /** What the button says. */
  submit: string;
  /** What the account can prove it with; empty: there is no factor yet. */
  kinds: readonly FactorKind[];
  danger?: boolean;
  onProven: (input: AddFactorInput) => Promise<void>;
  onClose: () => void;
}) {
  const t = useTexts();
  const [password, setPassword] = useState('');
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const forget = () => setFailure(undefined);
  const factor = useFactorProof({
    kinds,
    askChallenge: () => call('second-factor:challenge', { body: { purpose: 'change' } }),
    onChange: forget,
  });
  const faultOf = (field: string) =>
    failure?.fields?.some((one) => one.startsWith(field)) ? failureText(failure) : undefined;

  async function attempt() {
    const proof = kinds.length > 0 ? await factor.take() : undefined;
    if (kinds.length === 0) await onProven({ password });
    else if (proof) await onProven({ password, proof });
  }

  async function send(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (password === '') return;
    setBusy(true);
    forget();
    try {
      await attempt();
    } catch (thrown) {
      setFailure(toFailure(thrown));
      factor.clear();
    }
    setChecked(false);
    setBusy(false);
  }

  return (
    <form onSubmit={(event) => void send(event)} noValidate>
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
      {kinds.length > 0 && <FactorProofField factor={factor} fault={faultOf('proof')} />}
      {failure && !failure.fields && <FailureNotice failure={failure} />}
      <div className="person-acts factor-acts">
        <button type="button" className="button" disabled={busy} onClick={onClose}>
          {t('cancel')}
        </button>
        <button type="submit" className={`button ${danger ? 'button-danger' : 'button-primary'}`} disabled={busy}>
          {submit}
        </button>
      </div>
    </form>
  );
}

/** Before an act of those who have a second factor. */
export function ProveFactor({
  title,
  onProven,
  onClose,
  ...form
}: {
  title: string;
  text: string;
  kinds: readonly FactorKind[];
  danger?: boolean;
  onProven: (input: ProvenInput) => Promise<void>;
  onClose: () => void;
}) {
  return (
    <Modal open title={title} footer={null} mask={{ closable: false }} onCancel={onClose}>
      <ProveForm
        {...form}
        submit={title}
        onClose={onClose}
        onProven={async ({ password, proof }) => {
          if (proof) await onProven({ password, proof });
        }}
      />
    </Modal>
  );
}
