import type { ReactNode } from 'react';
import type { HallProgram, TrackRef } from '../../server/contract/demonstration-live.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { HallClient } from './hall-client.ts';
import { HallPicture, PRIORITY } from './hall-picture.tsx';
import type { HallState } from './hall-state.ts';
import { findPicture } from './program-tracks.ts';
import { useTrackName } from './track-name.ts';

/** What the moderator has on air, as everybody sees it: one picture, one in a corner of the other, or two side by side. */
export function ProgramView({
  demonstrationId,
  client,
  state,
  program,
  nothing,
  over,
}: {
  demonstrationId: string;
  client: HallClient;
  state: HallState;
  program: HallProgram;
  /** What is said while nothing is on air, where it is not what watchers read. */
  nothing?: string;
  /** What lies over a picture. */
  over?: (ref: TrackRef) => ReactNode;
}) {
  const t = useTexts();
  const { layout, main, second } = program;
  const isSecond = layout !== 'single' && second !== null;
  return (
    <div className="hall-program" data-testid="program" data-layout={isSecond ? layout : 'single'}>
      {main === null ? (
        <p className="hall-slate">{nothing ?? t('demonstrationHall:program.nothing')}</p>
      ) : (
        <OnAir client={client} state={state} trackRef={main} priority={PRIORITY.program} posterOf={demonstrationId}>
          {over?.(main)}
        </OnAir>
      )}
      {isSecond && (
        <OnAir client={client} state={state} trackRef={second} priority={PRIORITY.second}>
          {over?.(second)}
        </OnAir>
      )}
      <CutSlate cut={state.cut} />
    </div>
  );
}

function OnAir({
  client,
  state,
  trackRef,
  priority,
  posterOf,
  children,
}: {
  client: HallClient;
  state: HallState;
  trackRef: TrackRef;
  priority: number;
  posterOf?: string;
  children?: ReactNode;
}) {
  const nameOf = useTrackName();
  const found = findPicture(state, trackRef);
  return (
    <HallPicture
      client={client}
      person={found?.person}
      track={found?.track}
      isCut={state.cut.picture && found?.person.seat === 'theatre'}
      priority={priority}
      name={nameOf(found?.track ?? trackRef)}
      {...(posterOf !== undefined && found?.person.seat === 'theatre' && { posterOf })}
    >
      {children}
    </HallPicture>
  );
}

/** Says over the black what was cut, and that it goes on. */
export function CutSlate({ cut }: { cut: HallState['cut'] }) {
  const t = useTexts();
  if (!cut.picture && !cut.sound) return null;
  const what = cut.picture ? (cut.sound ? 'both' : 'picture') : 'sound';
  return (
    <div className="hall-cut" data-testid="cut-slate" data-cut={what} role="status">
      <b>{t(`demonstrationHall:cut.title.${what}`)}</b>
      <span>{t(`demonstrationHall:cut.text.${what}`)}</span>
    </div>
  );
}
