import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import { type FormEvent, useState } from 'react';
import type { Failure } from '../../server/contract/failure.ts';
import type { FactorKind } from '../../server/contract/second-factor.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { secondFactorQuery } from '../api/session.tsx';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { FactorProofField } from './factor-proof-field.tsx';
import { useFactorProof } from './use-factor-proof.ts';
import './second-factor.css';

interface Asked {
  /** What the button says, too. */
  title: string;
  text: string;
  onProven: () => void;
  onClose: () => void;
}

/** The second factor once more within a session, before what asks for it. */
export function ProveAgain(asked: Asked) {
  const standing = useQuery(secondFactorQuery);
  return (
    <Modal open title={asked.title} footer={null} mask={{ closable: false }} onCancel={asked.onClose}>
      {standing.isPending && <Skeleton lines={3} />}
      {standing.error && <FailureNotice failure={toFailure(standing.error)} onRetry={() => void standing.refetch()} />}
      {standing.data && <ProofForm {...asked} kinds={standing.data.kinds} />}
    </Modal>
  );
}

function ProofForm({ title, text, kinds, onProven, onClose }: Asked & { kinds: readonly FactorKind[] }) {
  const t = useTexts();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const factor = useFactorProof({
    kinds,
    askChallenge: () => call('second-factor:challenge', { body: { purpose: 'proof' } }),
    onChange: () => setFailure(undefined),
  });

  async function send(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      const proof = await factor.take();
      if (proof) {
        await call('second-factor:prove', { body: { proof } });
        onProven();
      }
    } catch (thrown) {
      setFailure(toFailure(thrown));
      factor.clear();
    }
    setBusy(false);
  }

  return (
    <form onSubmit={(event) => void send(event)} noValidate>
      <p className="factor-text">{text}</p>
      <FactorProofField factor={factor} fault={failure?.fields ? failureText(failure) : undefined} autoFocus />
      {failure && !failure.fields && <FailureNotice failure={failure} />}
      <div className="person-acts factor-acts">
        <button type="button" className="button" disabled={busy} onClick={onClose}>
          {t('cancel')}
        </button>
        <button type="submit" className="button button-primary" disabled={busy}>
          {title}
        </button>
      </div>
    </form>
  );
}
