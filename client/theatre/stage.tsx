import type { ReactNode } from 'react';
import { VideoPicture } from '../call/video-picture.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { MaskEditor } from '../masking/mask-editor.tsx';
import type { InputState } from './theatre-input.ts';
import type { TheatreInputs } from './theatre-inputs.ts';

/** The chosen input as it is sent, masks burnt in, with their edges to take hold of. */
export function Stage({
  input,
  inputs,
  children,
}: {
  input: InputState | undefined;
  inputs: TheatreInputs;
  /** What lies over the picture. */
  children?: ReactNode;
}) {
  const t = useTexts();
  if (!input)
    return (
      <section className="theatre-stage" aria-label={t('theatre:preview')}>
        <p className="theatre-stage-empty">{t('theatre:inputs.none')}</p>
      </section>
    );
  const { inputId, picture, track, width, height, zones, name, isMaskLate } = input;
  const isSeen = picture === 'masked';
  return (
    <section className="theatre-stage" aria-label={t('theatre:previewOf', { name })} data-picture={picture}>
      <div
        className="theatre-picture"
        style={{ '--ratio': isSeen && height > 0 ? width / height : 16 / 9 } as React.CSSProperties}
      >
        {/* Keyed: the last picture of one input must not stay where another one's is black. */}
        {isSeen && <VideoPicture key={inputId} track={track} />}
        {!isSeen && (
          <div className="theatre-picture-state" role="status">
            <b>{t(`theatre:picture.${picture}`)}</b>
            <p>{t(`theatre:pictureHelp.${picture}`)}</p>
            {picture === 'failed' && (
              <button type="button" className="button" onClick={() => inputs.retry(inputId)}>
                {t('retry')}
              </button>
            )}
          </div>
        )}
        {/* Drawn anew for another shape; and a zone in hand is not lost where the picture waits for it. */}
        {(isSeen || picture === 'reshaped' || (picture === 'black' && isMaskLate)) && (
          <MaskEditor zones={zones} onChange={(changed) => inputs.change(inputId, { zones: changed })} />
        )}
        {isSeen && children}
      </div>
    </section>
  );
}
