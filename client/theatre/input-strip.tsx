import { VideoPicture } from '../call/video-picture.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import type { InputState } from './theatre-input.ts';

/** All inputs side by side, each as it is sent; one of them is looked at closely. */
export function InputStrip({
  inputs,
  chosenId,
  onChoose,
}: {
  inputs: readonly InputState[];
  chosenId: string | undefined;
  onChoose: (inputId: string) => void;
}) {
  const t = useTexts();
  return (
    <ul className="theatre-strip" aria-label={t('theatre:inputs.title')}>
      {inputs.map(({ inputId, name, picture, track, isOn, framesPerSecond, height }) => (
        <li key={inputId}>
          <button
            type="button"
            className="theatre-thumb"
            data-testid="theatre-input"
            data-picture={picture}
            aria-pressed={inputId === chosenId}
            onClick={() => onChoose(inputId)}
          >
            <span className="theatre-thumb-picture">
              {picture === 'masked' ? (
                <VideoPicture track={track} />
              ) : (
                <span className="theatre-thumb-state">{t(`theatre:picture.${picture}`)}</span>
              )}
            </span>
            <span className="theatre-thumb-name">{name}</span>
            <span className="theatre-thumb-facts">
              {t(isOn ? 'theatre:inputs.on' : 'theatre:inputs.off')}
              {picture === 'masked' &&
                framesPerSecond !== null &&
                ` · ${t('theatre:inputs.rate', { height, rate: framesPerSecond })}`}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
