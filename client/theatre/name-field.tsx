import { useEffect, useEffectEvent, useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { systemClock } from '../review/clock.ts';

/** Everybody in the hall hears of a name: of a whole one, not of each letter. */
const REST_MS = 500;

/** How a picture is called; said once whoever types rests, or goes on to something else. */
export function NameField({ name, onName }: { name: string; onName: (name: string) => void }) {
  const t = useTexts();
  /** null: nothing that was not said yet. */
  const [typed, setTyped] = useState<string | null>(null);
  /** Letters that are going to be characters are no name yet. */
  const [isComposing, setComposing] = useState(false);
  const say = () => {
    if (typed !== null && typed !== name) onName(typed);
    setTyped(null);
  };
  const sayNow = useEffectEvent(say);
  useEffect(
    () => (typed === null || isComposing ? undefined : systemClock.after(REST_MS, () => sayNow())),
    [typed, isComposing],
  );
  // Another picture is looked at: what was typed is this one's all the same.
  useEffect(() => () => sayNow(), []);
  return (
    <label className="theatre-label">
      {t('theatre:inputs.name')}
      <input
        className="call-select"
        maxLength={60}
        value={typed ?? name}
        onChange={(event) => setTyped(event.target.value)}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        onBlur={say}
      />
    </label>
  );
}
