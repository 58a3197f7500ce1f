import { useQueryClient } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import type { Attendance, DemonstrationView } from '../../server/contract/demonstration.ts';
import type { Failure } from '../../server/contract/failure.ts';
import { call } from '../api/http.ts';
import { Field } from '../facilities/field.tsx';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { pointsOf } from './points.ts';
import { demonstrationQuery } from './queries.ts';
import { useCreditAct } from './use-credit-act.ts';

interface PaneProps {
  view: DemonstrationView;
  attendance: Attendance;
}

/** How far assessment and credits have come, and the next step for whoever may take it. */
export function CreditsPane({ view, attendance }: PaneProps) {
  const t = useTexts();
  const formats = useFormats();
  const { assessment, credit, people } = attendance;
  const isTooSoon = useTooSoon(view, attendance);
  const [open, setOpen] = useState<'assess' | 'credit'>();
  const lines = [
    isTooSoon && t('credits:soon'),
    // To an administrator of some, the numbers are those of their own people.
    assessment &&
      t('credits:assessed', {
        name: assessment.by.name,
        at: formats.moment(assessment.at),
        count: people.filter(({ qualifies }) => qualifies).length,
        total: people.filter(({ qualifies }) => qualifies !== null).length,
      }),
    assessment?.remark && t('credits:remark', { remark: assessment.remark }),
    credit &&
      t('credits:credited', {
        name: credit.by.name,
        at: formats.moment(credit.at),
        points: formats.number(credit.points, 1),
      }),
  ].flatMap((line) => line || []);
  const acts = (['assess', 'credit'] as const).filter((act) => view.actions.includes(act));
  if (lines.length === 0 && acts.length === 0) return null;
  const close = () => setOpen(undefined);
  return (
    <div className="demonstration-credits">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {acts.map((act) => (
        <button key={act} type="button" className="button button-primary" onClick={() => setOpen(act)}>
          {t(`credits:${act}.act`)}
        </button>
      ))}
      {open === 'assess' && <AssessDialog view={view} attendance={attendance} onClose={close} />}
      {open === 'credit' && <CreditDialog view={view} attendance={attendance} onClose={close} />}
    </div>
  );
}

/** It is over, and not yet known who was there to its end. Once it is, what may be done is asked for anew. */
function useTooSoon(
  { demonstrationId, actions }: DemonstrationView,
  { assessableAt, assessment }: Attendance,
): boolean {
  const client = useQueryClient();
  const isWaiting = assessableAt !== null && assessment === null && !actions.includes('assess');
  const leftMs = isWaiting ? Date.parse(assessableAt) - Date.now() : 0;
  useEffect(() => {
    if (leftMs <= 0) return undefined;
    const timer = setTimeout(
      () => void client.invalidateQueries({ queryKey: demonstrationQuery(demonstrationId).queryKey }),
      leftMs + 1_000,
    );
    return () => clearTimeout(timer);
  }, [client, demonstrationId, leftMs]);
  return leftMs > 0;
}

function AssessDialog({ view, attendance, onClose }: PaneProps & { onClose: () => void }) {
  const t = useTexts();
  const [remark, setRemark] = useState('');
  const { people, version } = attendance;
  const { demonstrationId } = view;
  return (
    <ActDialog
      act="assess"
      demonstrationId={demonstrationId}
      text={t('credits:assess.text', {
        count: people.filter(({ qualifies }) => qualifies).length,
        total: people.filter(({ qualifies }) => qualifies !== null).length,
      })}
      isReady
      work={() => call('demonstration:assess', { params: { demonstrationId }, body: { version, remark } })}
      onClose={onClose}
    >
      <Field label={t('credits:assess.remark')}>
        {(control) => (
          <Input.TextArea
            {...control}
            rows={3}
            maxLength={2000}
            value={remark}
            onChange={(event) => setRemark(event.target.value)}
          />
        )}
      </Field>
    </ActDialog>
  );
}

function CreditDialog({ view, attendance, onClose }: PaneProps & { onClose: () => void }) {
  const t = useTexts();
  const [text, setText] = useState('');
  const { people, version } = attendance;
  const { demonstrationId } = view;
  const points = pointsOf(text, 0.1);
  const isWrong = text.trim() !== '' && points === undefined;
  return (
    <ActDialog
      act="credit"
      demonstrationId={demonstrationId}
      text={t('credits:credit.text', { count: people.filter(({ qualifies }) => qualifies).length })}
      isReady={points !== undefined}
      work={() => call('demonstration:credit', { params: { demonstrationId }, body: { version, points: points ?? 0 } })}
      onClose={onClose}
    >
      <Field label={t('credits:credit.points')} problem={isWrong ? t('credits:credit.problem') : undefined}>
        {(control) => (
          <Input
            {...control}
            className="numbers"
            inputMode="decimal"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
    </ActDialog>
  );
}

function ActDialog({
  act,
  demonstrationId,
  text,
  isReady,
  work,
  onClose,
  children,
}: {
  act: 'assess' | 'credit';
  demonstrationId: string;
  text: string;
  isReady: boolean;
  work: () => Promise<DemonstrationView>;
  onClose: () => void;
  children: ReactNode;
}) {
  const t = useTexts();
  const perform = useCreditAct(demonstrationId);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  async function submit() {
    setBusy(true);
    const failed = await perform(work);
    setBusy(false);
    setFailure(failed);
    if (!failed) onClose();
  }
  return (
    <Modal
      open
      title={t(`credits:${act}.title`)}
      okText={t(`credits:${act}.confirm`)}
      cancelText={t('cancel')}
      okButtonProps={{ loading: isBusy, disabled: !isReady }}
      onOk={() => void submit()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p>{text}</p>
      <div className="record-stack">
        {children}
        {failure && <FailureNotice failure={failure} />}
      </div>
    </Modal>
  );
}
