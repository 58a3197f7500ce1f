import { useSyncExternalStore } from 'react';
import { useTexts } from '../../i18n/use-texts.ts';
import { MutedIcon, SoundIcon } from '../../ui/icons.tsx';
import { chime, onSoundState, setMuted, soundState } from '../../ui/sounds.ts';

export function SoundSwitch() {
  const t = useTexts();
  const { muted, blocked } = useSyncExternalStore(onSoundState, soundState);
  const status = muted ? t('shell:soundOff') : blocked ? t('shell:soundBlocked') : t('shell:soundOn');
  return (
    <button
      type="button"
      className="button button-quiet"
      aria-label={muted ? t('shell:unmute') : t('shell:mute')}
      title={status}
      onClick={() => {
        setMuted(!muted);
        if (muted) chime();
      }}
    >
      {muted || blocked ? <MutedIcon /> : <SoundIcon />}
    </button>
  );
}
