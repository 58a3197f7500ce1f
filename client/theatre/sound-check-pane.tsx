import { useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { CHECK_S, playSample, recordSound, type SoundSample } from './sound-check.ts';

type Step = 'idle' | 'recording' | 'playing' | 'heard' | 'failed';

/** Records what the theatre's microphone hears, plays it back and asks whether it can be understood: nobody judges a level by eye. */
export function SoundCheck({
  track,
  isChecked,
  onChecked,
}: {
  track: MediaStreamTrack | null;
  isChecked: boolean;
  onChecked: () => void;
}) {
  const t = useTexts();
  const [step, setStep] = useState<Step>('idle');
  const [sample, setSample] = useState<SoundSample>();
  const play = async (heard: SoundSample) => {
    setStep('playing');
    await playSample(heard);
    setStep('heard');
  };
  const check = async () => {
    if (!track) return;
    setStep('recording');
    const made = await recordSound(track);
    setSample(made);
    await play(made);
  };
  const run = (work: Promise<void>) => void work.catch(() => setStep('failed'));
  const isBusy = step === 'recording' || step === 'playing';
  return (
    <div className="theatre-check-sound" data-testid="sound-check" data-step={step} data-verdict={sample?.verdict}>
      <button type="button" className="button" disabled={!track || isBusy} onClick={() => run(check())}>
        {t(step === 'recording' ? 'theatre:sound.recording' : 'theatre:sound.check', { seconds: CHECK_S })}
      </button>
      <div role="status">
        {step === 'playing' && <p>{t('theatre:sound.playing')}</p>}
        {step === 'failed' && <p className="theatre-warning">{t('theatre:sound.failed')}</p>}
        {step === 'heard' && sample && (
          <p className={sample.verdict === 'good' ? undefined : 'theatre-warning'}>
            {t(`theatre:sound.verdict.${sample.verdict}`)}
          </p>
        )}
        {isChecked && <p className="theatre-done">{t('theatre:sound.checked')}</p>}
      </div>
      {step === 'heard' && sample && (
        <div className="theatre-row">
          <button type="button" className="button" onClick={() => run(play(sample))}>
            {t('theatre:sound.again')}
          </button>
          {!isChecked && sample.verdict !== 'nothing' && (
            <button type="button" className="button button-primary" onClick={onChecked}>
              {t('theatre:sound.confirm')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
