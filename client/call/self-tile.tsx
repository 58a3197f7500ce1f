import type { PersonView } from '../../server/contract/account.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { LocalMediaState } from './local-media.ts';
import type { RoomState } from './room-state.ts';
import { Tile } from './tile.tsx';
import { VideoPicture } from './video-picture.tsx';

/** The own tile: mirrored, as in a mirror. Others see it the right way round. */
export function SelfTile({ me, media, self }: { me: PersonView; media: LocalMediaState; self: RoomState['self'] }) {
  const t = useTexts();
  const { camera, microphone } = media;
  const live = camera.on && camera.track !== null;
  return (
    <Tile
      testId="self-tile"
      accountId={me.accountId}
      name={t('call:you')}
      facility={me.name}
      voice={microphone.on && microphone.track && !microphone.held ? 'on' : microphone.track ? 'muted' : 'none'}
      speaking={self.speaking}
      quality={self.quality}
      picture={
        live
          ? self.pictureStopped || camera.held
            ? 'stopped'
            : 'live'
          : camera.phase === 'starting'
            ? 'coming'
            : 'off'
      }
      note={camera.held && camera.on ? t('call:cameraHeld') : self.pictureStopped ? t('call:ownStopped') : undefined}
      returning={false}
    >
      <div className="call-surface" data-shown={live}>
        <VideoPicture track={camera.on ? camera.track : null} mirrored />
      </div>
    </Tile>
  );
}
