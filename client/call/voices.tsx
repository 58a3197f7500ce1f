import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { SpeakerIcon } from './icons.tsx';
import type { RemotePerson } from './room-state.ts';
import { sendToSpeaker } from './speaker.ts';

/** Everybody's voice on the chosen loudspeaker; where the browser blocks sound, one button that lets it through. */
export function Voices({
  people,
  speakerId,
}: {
  people: readonly Pick<RemotePerson, 'key' | 'voice'>[];
  speakerId: string;
}) {
  const t = useTexts();
  const [blocked, setBlocked] = useState(false);
  const [attempt, setAttempt] = useState(0);
  return (
    <>
      {people.map(({ key, voice }) => (
        <Voice
          key={key}
          track={voice?.track ?? null}
          speakerId={speakerId}
          attempt={attempt}
          onBlocked={() => setBlocked(true)}
        />
      ))}
      {blocked && (
        <div className="call-blocked" role="alert">
          <span>{t('call:soundBlocked')}</span>
          <button
            type="button"
            className="button button-primary"
            data-testid="enable-sound"
            onClick={() => {
              setBlocked(false);
              setAttempt(attempt + 1);
            }}
          >
            <SpeakerIcon />
            {t('call:enableSound')}
          </button>
        </div>
      )}
    </>
  );
}

function Voice({
  track,
  speakerId,
  attempt,
  onBlocked,
}: {
  track: MediaStreamTrack | null;
  speakerId: string;
  /** Changes when the person has clicked: then the browser lets it play. */
  attempt: number;
  onBlocked: () => void;
}) {
  const audio = useRef<HTMLAudioElement>(null);
  const blocked = useRef(onBlocked);
  blocked.current = onBlocked;

  useEffect(() => {
    if (audio.current) audio.current.srcObject = track ? new MediaStream([track]) : null;
  }, [track]);
  useEffect(() => {
    if (audio.current) void sendToSpeaker(audio.current, speakerId).catch(reportError);
  }, [speakerId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the click that raised `attempt` is what lets it play.
  useEffect(() => {
    if (!track) return;
    audio.current?.play().catch((thrown: unknown) => {
      if (thrown instanceof Error && thrown.name === 'NotAllowedError') blocked.current();
    });
  }, [track, attempt]);

  // biome-ignore lint/a11y/useMediaCaption: a live voice has none.
  return <audio ref={audio} data-testid="voice" />;
}
