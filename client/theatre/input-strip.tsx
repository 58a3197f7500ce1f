import { VideoPicture } from '../call/video-picture.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import type { InputState } from './theatre-input.ts';

/** Whether anything of it goes out now. `held`: it is to, and there is nothing that may be seen. */
function sentAs({ isOn, picture }: InputState, isIn: boolean, isCut: boolean): 'off' | 'ready' | 'cut' | 'held' | 'on' {
  if (!isOn) return 'off';
  if (!isIn) return 'ready';
  if (isCut) return 'cut';
  return picture === 'masked' ? 'on' : 'held';
}

/** All inputs side by side, each as it is sent; one of them is looked at closely. */
export function InputStrip({
  inputs,
  isIn,
  isCut,
  chosenId,
  onChoose,
}: {
  inputs: readonly InputState[];
  /** The theatre is in the hall. */
  isIn: boolean;
  /** Its pictures are cut. */
  isCut: boolean;
  chosenId: string | undefined;
  onChoose: (inputId: string) => void;
}) {
  const t = useTexts();
  return (
    <ul className="theatre-strip" aria-label={t('theatre:inputs.title')}>
      {inputs.map((input) => (
        <li key={input.inputId}>
          <Thumb
            input={input}
            sent={sentAs(input, isIn, isCut)}
            isChosen={input.inputId === chosenId}
            onChoose={() => onChoose(input.inputId)}
          />
        </li>
      ))}
    </ul>
  );
}

function Thumb({
  input: { name, picture, track, framesPerSecond, height },
  sent,
  isChosen,
  onChoose,
}: {
  input: InputState;
  sent: ReturnType<typeof sentAs>;
  isChosen: boolean;
  onChoose: () => void;
}) {
  const t = useTexts();
  return (
    <button
      type="button"
      className="theatre-thumb"
      data-testid="theatre-input"
      data-picture={picture}
      data-sent={sent}
      aria-pressed={isChosen}
      onClick={onChoose}
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
        {t(`theatre:inputs.sent.${sent}`)}
        {picture === 'masked' &&
          framesPerSecond !== null &&
          ` · ${t('theatre:inputs.rate', { height, rate: framesPerSecond })}`}
      </span>
    </button>
  );
}
