import { useEffect, useEffectEvent } from 'react';
import { isTyping } from '../call/call-keys.ts';
import type { TheatreSound } from './theatre-sound.ts';

/** While the key is held the voice is sent. Whatever takes the keyboard away ends it: nobody is heard who does not know it. */
export function useVoiceKey(sound: TheatreSound): void {
  const onDown = useEffectEvent((event: KeyboardEvent) => {
    const { mode, key } = sound.state;
    if (mode !== 'pushed' || event.code !== key) return;
    // Repeats of a key that opened the voice are held back; those of one that is typed open nothing.
    if (event.repeat ? !sound.state.capture.on : isTyping(event)) return;
    sound.setSpeaking(true);
    event.preventDefault();
  });
  const onUp = useEffectEvent((event: KeyboardEvent) => {
    if (sound.state.mode === 'pushed' && event.code === sound.state.key) sound.setSpeaking(false);
  });
  const onAway = useEffectEvent(() => {
    if (sound.state.mode === 'pushed') sound.setSpeaking(false);
  });
  useEffect(() => {
    const down = (event: KeyboardEvent) => onDown(event);
    const up = (event: KeyboardEvent) => onUp(event);
    const away = () => onAway();
    document.addEventListener('keydown', down);
    document.addEventListener('keyup', up);
    window.addEventListener('blur', away);
    return () => {
      document.removeEventListener('keydown', down);
      document.removeEventListener('keyup', up);
      window.removeEventListener('blur', away);
    };
  }, []);
}
