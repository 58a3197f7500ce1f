import { Input, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import type { Failure } from '../../server/contract/failure.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from './failure-notice.tsx';

const REASON_MAX_LENGTH = 1000;

/**
 * Asks before an act that cannot be taken back, and for its reason. Stays open, with what was typed, where the act fails.
 * `onConfirm` resolves to the failure, or to nothing where it went well.
 */
export function ReasonDialog({
  title,
  text,
  confirm,
  danger = false,
  cancelText,
  wording,
  children,
  onConfirm,
  onClose,
}: {
  title: string;
  text: string;
  confirm: string;
  danger?: boolean;
  /** Where “cancel” would read as the act itself. */
  cancelText?: string;
  /** What is asked for where it is no reason; left out: a reason. */
  wording?: { label: string; placeholder: string; missing: string } | undefined;
  /** What else is to be chosen, above the reason. */
  children?: ReactNode;
  onConfirm: (reason: string) => Promise<Failure | undefined>;
  onClose: () => void;
}) {
  const t = useTexts();
  const field = useId();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  async function submit() {
    const trimmed = reason.trim();
    setMissing(trimmed === '');
    if (trimmed === '') return;
    setBusy(true);
    setFailure(await onConfirm(trimmed).finally(() => setBusy(false)));
  }

  return (
    <Modal
      open
      title={title}
      okText={confirm}
      cancelText={cancelText ?? t('cancel')}
      okButtonProps={{ danger, loading: busy }}
      onOk={() => void submit()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p>{text}</p>
      {children && <div style={{ marginTop: 12 }}>{children}</div>}
      <label htmlFor={field} className="field-label" style={{ marginTop: 16 }}>
        {wording?.label ?? t('reasonLabel')}
      </label>
      <Input.TextArea
        id={field}
        autoFocus
        rows={4}
        maxLength={REASON_MAX_LENGTH}
        placeholder={wording?.placeholder ?? t('reasonPlaceholder')}
        value={reason}
        status={missing ? 'error' : ''}
        aria-invalid={missing}
        onChange={(event) => {
          setReason(event.target.value);
          setMissing(false);
        }}
      />
      {missing && (
        <p className="field-error" role="alert">
          {wording?.missing ?? t('failures:reason.reason-missing')}
        </p>
      )}
      {failure && (
        <div style={{ marginTop: 16 }}>
          <FailureNotice failure={failure} />
        </div>
      )}
    </Modal>
  );
}
