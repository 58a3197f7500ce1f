import { useState } from 'react';
import type { Failure } from '../../server/contract/failure.ts';
import { toFailure } from '../api/failures.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { putBytes } from '../uploads/put-bytes.ts';
import { sha256Of } from '../uploads/sha256.ts';
import type { TheatreInputs } from './theatre-inputs.ts';

/** Sends the picture as it is now, at the camera's own size and masked, into the patient's case, where it is reviewed like any other. */
export function StillButton({
  demonstrationId,
  inputId,
  inputs,
  isSeen,
}: {
  demonstrationId: string;
  inputId: string;
  inputs: TheatreInputs;
  isSeen: boolean;
}) {
  const t = useTexts();
  const [step, setStep] = useState<'idle' | 'sending' | 'kept'>('idle');
  const [failure, setFailure] = useState<Failure>();
  const keep = async () => {
    setStep('sending');
    setFailure(undefined);
    try {
      const picture = await inputs.takeStill(inputId);
      if (!picture) return setStep('idle');
      const sha256 = await sha256Of(new Uint8Array(await picture.arrayBuffer()));
      await putBytes(`/api/demonstrations/${encodeURIComponent(demonstrationId)}/stills/${sha256}`, picture);
      setStep('kept');
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
        {failure ? failureText(failure) : t(step === 'kept' ? 'theatre:still.kept' : 'theatre:still.hint')}
      </p>
    </>
  );
}
