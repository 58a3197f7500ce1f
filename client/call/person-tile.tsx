import { useRef } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import type { RoomClient } from './room-client.ts';
import type { RemotePerson, RemoteTrack } from './room-state.ts';
import { Tile, type TileProps } from './tile.tsx';
import { useDemand } from './use-demand.ts';
import { VideoPicture } from './video-picture.tsx';

/** Among pictures of one window: the more people are shown, the less each of them matters; who speaks comes first. */
const PRIORITY = { speaking: 150, quiet: 100 };

/** Somebody else's tile. */
export function PersonTile({ person, client }: { person: RemotePerson; client: RoomClient }) {
  const t = useTexts();
  const surface = useRef<HTMLDivElement>(null);
  const { picture, voice } = person;
  useDemand(client, surface, picture?.producerId, person.speaking ? PRIORITY.speaking : PRIORITY.quiet);
  const shown = pictureState(picture, person.returning);
  const note =
    picture?.stopped === 'own-line'
      ? t('call:stoppedHere')
      : picture?.stopped === 'their-line'
        ? t('call:stoppedThere')
        : shown === 'undecodable'
          ? t('call:undecodable')
          : shown === 'coming' && picture
            ? t('call:pictureComing')
            : undefined;
  return (
    <Tile
      testId="tile"
      accountId={person.accountId}
      name={person.displayName}
      facility={person.facilityName}
      voice={voice === null ? 'none' : voice.paused ? 'muted' : 'on'}
      speaking={person.speaking}
      quality={person.quality}
      picture={shown}
      note={note}
      returning={person.returning}
    >
      <div ref={surface} className="call-surface" data-shown={shown !== 'off' && shown !== 'undecodable'}>
        <VideoPicture track={picture?.paused ? null : (picture?.track ?? null)} />
      </div>
    </Tile>
  );
}

/** @param returning the last picture stays while the person is sought */
function pictureState(picture: RemoteTrack | null, returning: boolean): TileProps['picture'] {
  if (!picture) return returning ? 'live' : 'off';
  if (picture.undecodable) return 'undecodable';
  if (picture.paused) return 'off';
  if (picture.stopped) return 'stopped';
  return (picture.track && !picture.awaited) || returning ? 'live' : 'coming';
}
