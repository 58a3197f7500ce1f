import { type ReactNode, useRef } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { PersonPhoto } from '../ui/person-photo.tsx';
import { FullScreenIcon, MicrophoneIcon } from './icons.tsx';
import type { LinkQuality } from './link-quality.ts';
import { QualitySign } from './quality-sign.tsx';
import './tile.css';

export interface TileProps {
  testId: string;
  accountId: string;
  name: string;
  facility: string;
  voice: 'on' | 'muted' | 'none';
  speaking: boolean;
  quality: LinkQuality | null;
  /** What is shown in the place of, or over, the picture. */
  picture: 'live' | 'coming' | 'off' | 'stopped' | 'undecodable';
  /** One calm line over the last picture. */
  note: string | undefined;
  returning: boolean;
  children: ReactNode;
}

/** One person: picture, name, voice, line. Double click, Enter or F shows it on the full screen and back. */
export function Tile(props: TileProps) {
  const { name, facility, voice, speaking, quality, picture, note, returning } = props;
  const t = useTexts();
  const tile = useRef<HTMLElement>(null);
  const toggle = () => {
    if (tile.current) void toggleFullScreen(tile.current);
  };
  return (
    <section
      ref={tile}
      className="call-tile"
      aria-label={t('call:tile', { name, facility })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: Enter and F show it on the full screen.
      tabIndex={0}
      data-testid={props.testId}
      data-account={props.accountId}
      data-voice={voice}
      data-picture={picture}
      data-speaking={speaking}
      data-returning={returning}
      data-quality={quality ?? ''}
      title={t('call:fullScreenHint')}
      onDoubleClick={toggle}
      onKeyDown={(event) => {
        if (event.target !== tile.current || event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key !== 'Enter' && event.key.toLowerCase() !== 'f') return;
        event.preventDefault();
        toggle();
      }}
    >
      {props.children}
      {(picture === 'off' || picture === 'undecodable' || picture === 'coming') && (
        <div className="call-avatar" data-over={picture === 'coming' ? 'picture' : 'nothing'}>
          <PersonPhoto accountId={props.accountId} name={name} />
          {picture === 'off' && <span className="visually-hidden">{t('call:noPicture')}</span>}
        </div>
      )}
      {returning ? (
        <p className="call-note" role="status">
          {t('call:reconnecting')}
        </p>
      ) : (
        note && (
          <p className="call-note" role="status">
            {note}
          </p>
        )
      )}
      <footer className="call-label">
        <span className="call-voice" data-voice={voice}>
          <MicrophoneIcon off={voice !== 'on'} />
          <span className="visually-hidden">
            {voice === 'muted' && t('call:muted')}
            {voice === 'none' && t('call:noVoice')}
            {voice === 'on' && speaking && t('call:speaking')}
          </span>
        </span>
        <span className="call-name">
          <b>{name}</b>
          <span>{facility}</span>
        </span>
        {quality && <QualitySign quality={quality} />}
      </footer>
      <button type="button" className="call-full" aria-label={t('call:fullScreen')} onClick={toggle}>
        <FullScreenIcon />
      </button>
    </section>
  );
}

async function toggleFullScreen(element: HTMLElement): Promise<void> {
  try {
    if (document.fullscreenElement === element) await document.exitFullscreen();
    else await element.requestFullscreen();
  } catch {
    // Forbidden by the browser's administration: the tile stays as it is.
  }
}
