import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import type { ConsultationView } from '../../server/contract/consultation.ts';
import type { Failure, FailureReason } from '../../server/contract/failure.ts';
import type { OpinionDraft, ReportView } from '../../server/contract/report.ts';
import type { FactorKind } from '../../server/contract/second-factor.ts';
import { FactorProofField } from '../accounts/factor-proof-field.tsx';
import { useFactorProof } from '../accounts/use-factor-proof.ts';
import { call } from '../api/http.ts';
import { secondFactorQuery, useSession } from '../api/session.tsx';
import type { Autosave } from '../drafts/autosave.ts';
import type { DraftSnapshot } from '../drafts/save-state.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { ModalDialog } from './modal-dialog.tsx';
import { SignedText } from './signed-text.tsx';
import { type SignState, useSign } from './use-sign.ts';
import './sign-dialog.css';

/** Shows exactly what will be signed and takes the password once more. */
export function SignDialog({
  consultation,
  draft,
  autosave,
  onSigned,
  onClose,
}: {
  consultation: ConsultationView;
  draft: DraftSnapshot<OpinionDraft>;
  autosave: Autosave<OpinionDraft>;
  onSigned: (report: ReportView) => void;
  onClose: () => void;
}) {
  const t = useTexts();
  const { person } = useSession();
  const [password, setPassword] = useState('');
  const { state, sign, forget } = useSign(consultation.consultationId, autosave, onSigned);
  const isBusy = state.kind === 'signing';
  const failure = state.kind === 'failed' ? state.failure : undefined;
  const isFactorAsked = useAsked(failure);
  const { data: standing } = useQuery({ ...secondFactorQuery, enabled: isFactorAsked });
  const factor = useFactorProof({
    kinds: standing?.kinds ?? NO_KINDS,
    askChallenge: () => call('second-factor:challenge', { body: { purpose: 'proof' } }),
    onChange: forget,
  });
  const factorFault = failure?.fields?.some((one) => one.startsWith('proof')) ? failureText(failure) : undefined;
  const passwordProblem =
    state.kind === 'password-missing'
      ? t('opinion:sign.passwordMissing')
      : state.kind === 'failed' && state.failure.reason === 'signature-password'
        ? t('failures:reason.signature-password')
        : undefined;

  return (
    <ModalDialog label={t('opinion:sign.title')} onClose={onClose}>
      <form
        className="sign-dialog"
        data-proof={isFactorAsked ? 'asked' : 'password'}
        onSubmit={(event) => {
          event.preventDefault();
          void sign(password, isFactorAsked ? factor.take : undefined).then((next) => {
            if (next.kind === 'proof-missing') return;
            factor.clear();
            if (!isAboutFactor(next)) setPassword('');
          });
        }}
      >
        <h2>{t('opinion:sign.title')}</h2>
        <p>{t('opinion:sign.lead')}</p>
        <SignedText consultation={consultation} opinion={draft.value} />
        <p>
          {t('opinion:sign.signer')} <strong>{person.name}</strong> {person.title} {person.facilityName}
        </p>
        <PasswordField value={password} problem={passwordProblem} onChange={setPassword} />
        {isFactorAsked && standing && (
          <div>
            <p className="opinion-hint" role="status">
              {t('failures:reason.second-factor-stale')}
            </p>
            <FactorProofField factor={factor} fault={factorFault} autoFocus />
          </div>
        )}
        {!passwordProblem && !factorFault && <Unsigned state={state} />}
        <div className="opinion-dialog-acts">
          <button type="button" className="button" disabled={isBusy} onClick={onClose}>
            {t('opinion:sign.back')}
          </button>
          <button type="submit" className="button button-primary" disabled={isBusy} data-testid="sign-confirm">
            {t(isBusy ? 'opinion:sign.signing' : 'opinion:sign.confirm')}
          </button>
        </div>
      </form>
    </ModalDialog>
  );
}

/** Why it was not signed, where neither of the fields says so. */
function Unsigned({ state }: { state: SignState }) {
  const t = useTexts();
  if (state.kind === 'not-saved' || state.kind === 'outdated')
    return (
      <p className="opinion-alert" role="alert">
        {t(state.kind === 'not-saved' ? 'opinion:sign.notSaved' : 'opinion:sign.outdated')}
      </p>
    );
  if (state.kind !== 'failed' || state.failure.reason === 'second-factor-stale') return null;
  const isOfImages = state.failure.fields?.some((path) => path.startsWith('keyImages'));
  return <FailureNotice failure={state.failure} text={isOfImages ? t('opinion:problems.keyImages') : undefined} />;
}

function PasswordField({
  value,
  problem,
  onChange,
}: {
  value: string;
  problem: string | undefined;
  onChange: (password: string) => void;
}) {
  const t = useTexts();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  // After the dialog has opened, which would focus the text before it.
  useEffect(() => input.current?.focus(), []);
  return (
    <div>
      <label className="field-label" htmlFor={id}>
        {t('opinion:sign.password')}
      </label>
      <p className="opinion-hint" id={`${id}-hint`}>
        {t('opinion:sign.passwordHint')}
      </p>
      <input
        ref={input}
        id={id}
        className="field-input sign-password"
        type="password"
        autoComplete="current-password"
        maxLength={256}
        aria-invalid={problem !== undefined}
        aria-describedby={problem ? `${id}-error` : `${id}-hint`}
        data-testid="sign-password"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {problem && (
        <p className="field-error" id={`${id}-error`} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

const NO_KINDS: readonly FactorKind[] = [];

const FACTOR_REASONS: readonly (FailureReason | undefined)[] = [
  'second-factor-stale',
  'code-wrong',
  'code-used',
  'recovery-code-wrong',
  'security-key-wrong',
  'security-key-counter',
];

/** Then nobody has looked at the password yet, and it need not be typed again. */
const isAboutFactor = (state: SignState): boolean =>
  state.kind === 'failed' && FACTOR_REASONS.includes(state.failure.reason);

/** Once the server has asked for the second factor, the field stays until it signs. */
function useAsked(failure: Failure | undefined): boolean {
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (failure?.reason === 'second-factor-stale') setAsked(true);
  }, [failure]);
  return asked;
}
