import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { ConsultationDraft } from '../../server/contract/consultation.ts';
import type { Failure } from '../../server/contract/failure.ts';
import { applyConsultation } from '../api/consultations.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import type { Autosave } from '../drafts/autosave.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useUploadCenter } from '../uploads/open-center.ts';
import type { Gap } from './gaps.ts';

export type SubmitState =
  | { kind: 'idle' }
  | { kind: 'submitting' }
  | { kind: 'incomplete' }
  /** The server does not have what was typed last. */
  | { kind: 'not-saved' }
  | { kind: 'failed'; failure: Failure };

/** Sends the application once it is complete and saved, and goes to the case. */
export function useSubmit(consultationId: string, autosave: Autosave<ConsultationDraft>, gaps: Gap[]) {
  const t = useTexts();
  const formats = useFormats();
  const client = useQueryClient();
  const navigate = useNavigate();
  const center = useUploadCenter();
  const { modal, message } = App.useApp();
  const [state, setState] = useState<SubmitState>({ kind: 'idle' });

  /** Images still on their way may follow; whether that is wanted is for the person to say. */
  async function uploadsMayFollow(): Promise<boolean> {
    const { phase, totalBytes, receivedBytes } = center.progress(consultationId);
    if (phase === 'none' || phase === 'finished' || phase === 'stuck') return true;
    return modal.confirm({
      title: t('newCase:submit.uploading.title'),
      content: t('newCase:submit.uploading.text', { left: formats.bytes(totalBytes - receivedBytes) }),
      okText: t('newCase:submit.uploading.now'),
      cancelText: t('newCase:submit.uploading.wait'),
    });
  }

  async function send(): Promise<SubmitState> {
    if (gaps.length > 0) return { kind: 'incomplete' };
    if (!(await uploadsMayFollow())) return { kind: 'idle' };
    setState({ kind: 'submitting' });
    if (!(await autosave.flush())) return { kind: 'not-saved' };
    const { version } = autosave.snapshot;
    const view = await call('consultation:submit', { params: { consultationId }, body: { version } });
    applyConsultation(client, view);
    message.success(t('newCase:submit.done'));
    await navigate(`/consultations/${consultationId}`);
    return { kind: 'idle' };
  }

  async function submit(): Promise<void> {
    const ended = await send().catch((thrown): SubmitState => ({ kind: 'failed', failure: toFailure(thrown) }));
    setState(ended);
    if (ended.kind !== 'failed' || ended.failure.reason !== 'version-outdated') return;
    // Another window saved meanwhile: fetch it, so that the next click submits what is really there.
    await client.invalidateQueries({ queryKey: ['consultation', consultationId] });
  }

  return { state, submit };
}
