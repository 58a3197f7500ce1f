import { type ReactNode, useRef } from 'react';
import { VideoPicture } from '../call/video-picture.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import type { HallClient } from './hall-client.ts';
import type { HallPerson, HallTrack } from './hall-state.ts';
import { BLACK, STILL, shownOf } from './picture-shown.ts';
import { refOf } from './program-tracks.ts';
import { usePoster } from './use-poster.ts';
import { useShown } from './use-shown.ts';
import './hall-picture.css';
import './hall.css';

/** 255 the most important: who gets the bandwidth of the own line first. */
export const PRIORITY = { program: 250, second: 180, beside: 60, preview: 40 };

/** One picture of the hall as it comes, with one calm line where it does not. A picture that is cut is black. */
export function HallPicture({
  client,
  person,
  track,
  isCut,
  priority,
  name,
  posterOf,
  children,
}: {
  client: HallClient;
  person: HallPerson | undefined;
  /** Undefined: it is not sent now. */
  track: HallTrack | undefined;
  isCut: boolean;
  priority: number;
  name: string;
  /** The demonstration whose theatre sends a small picture now and then, for as long as none moves here. */
  posterOf?: string;
  children?: ReactNode;
}) {
  const t = useTexts();
  const surface = useRef<HTMLDivElement>(null);
  useShown(client, surface, track?.producerId, priority);
  const shown = shownOf(track, person);
  const black = isCut || BLACK.includes(shown);
  const isStill = !isCut && STILL.includes(shown);
  const poster = usePoster(posterOf ?? '', track ? refOf(track) : null, posterOf !== undefined && isStill);
  return (
    <figure
      className="hall-picture"
      aria-label={name}
      data-testid="hall-picture"
      data-source={track?.source}
      data-shown={isCut ? 'cut' : shown}
    >
      <div ref={surface} className="hall-surface" data-black={black}>
        {/* Taken away whole. */}
        {!black && <VideoPicture track={track?.track ?? null} />}
        {isStill && poster && <img className="hall-poster" src={poster} alt="" data-testid="poster" />}
      </div>
      {!isCut && shown !== 'live' && (
        <p className="hall-note" role="status">
          {t(
            poster && (shown === 'own-line' || shown === 'their-line' || shown === 'undecodable')
              ? `demonstrationHall:poster.${shown}`
              : `demonstrationHall:picture.${shown}`,
          )}
        </p>
      )}
      {children}
    </figure>
  );
}
