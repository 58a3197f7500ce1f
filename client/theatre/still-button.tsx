import { useState } from 'react';
import { z } from 'zod';
import type { Failure } from '../../server/contract/failure.ts';
import { toFailure } from '../api/failures.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { putBytes } from '../uploads/put-bytes.ts';
import { sha256Of } from '../uploads/sha256.ts';
import type { PictureSource } from './picture-request.ts';
import type { TheatreInputs } from './theatre-inputs.ts';

/** Which picture on air it is, and the newest cut that this window has heard of. */
export interface StillOrigin {
  source: PictureSource;
  label: string | null;
  inputId: string;
  cutNumber: number;
}

/** What of the server's answer is read. */
const Kept = z.object({ isShowable: z.boolean() });

const NOTES = {
  idle: 'theatre:still.hint',
  sending: 'theatre:still.hint',
  kept: 'theatre:still.kept',
  showable: 'theatre:still.showable',
} as const;

/**
 * Sends the picture as it is now, at the camera's own size and masked, into the patient's case. One of a picture on air can be shown at once, any
 * other is looked through like every picture of the case.
 */
export function StillButton({
  demonstrationId,
  inputId,
  inputs,
  isSeen,
  origin,
}: {
  demonstrationId: string;
  inputId: string;
  inputs: TheatreInputs;
  isSeen: boolean;
  /** null: it is not on air. */
  origin: StillOrigin | null;
}) {
  const t = useTexts();
  const [step, setStep] = useState<'idle' | 'sending' | 'kept' | 'showable'>('idle');
  const [failure, setFailure] = useState<Failure>();
  const whyNot = (refused: Failure) => (isCaseClosed(refused) ? t('theatre:still.noCase') : failureText(refused));
  const keep = async () => {
    setStep('sending');
    setFailure(undefined);
    try {
      const picture = await inputs.takeStill(inputId);
      if (!picture) return setStep('idle');
      const sha256 = await sha256Of(new Uint8Array(await picture.arrayBuffer()));
      const path = `/api/demonstrations/${encodeURIComponent(demonstrationId)}/stills/${sha256}`;
      const response = await putBytes(`${path}${origin ? `?${queryOf(origin)}` : ''}`, picture);
      setStep(Kept.parse(await response.json()).isShowable ? 'showable' : 'kept');
    } catch (thrown) {
      setFailure(toFailure(thrown));
      setStep('idle');
    }
  };
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={!isSeen || step === 'sending'}
        data-testid="still"
        data-step={step}
        onClick={() => void keep()}
      >
        {t(step === 'sending' ? 'theatre:still.sending' : 'theatre:still.take')}
      </button>
      <p role="status" className={failure ? 'theatre-warning' : 'theatre-hint'}>
        {failure ? whyNot(failure) : t(NOTES[step])}
      </p>
    </>
  );
}

/** The button is there while the demonstration takes stills: what else is over is the patient's case. */
const isCaseClosed = ({ code, reason }: Failure) => code === 'conflict' && reason === 'state-not-allowed';

function queryOf({ source, label, inputId, cutNumber }: StillOrigin): URLSearchParams {
  return new URLSearchParams({ source, inputId, ...(label !== null && { label }), cutNumber: String(cutNumber) });
}
