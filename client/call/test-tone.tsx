import { useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { SpeakerIcon } from './icons.tsx';
import { playTestTone } from './speaker.ts';

export function TestTone({ speakerId }: { speakerId: string }) {
  const t = useTexts();
  const [state, setState] = useState<'idle' | 'playing' | 'failed'>('idle');
  return (
    <>
      <button
        type="button"
        className="button"
        data-testid="test-tone"
        disabled={state === 'playing'}
        onClick={() => {
          setState('playing');
          playTestTone(speakerId).then(
            () => setState('idle'),
            () => setState('failed'),
          );
        }}
      >
        <SpeakerIcon />
        {t(state === 'playing' ? 'call:tonePlaying' : 'call:tone')}
      </button>
      {state === 'failed' && (
        <p className="call-hint" role="alert">
          {t('call:toneFailed')}
        </p>
      )}
    </>
  );
}
