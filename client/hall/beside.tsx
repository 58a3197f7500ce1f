import type { HallProgram } from '../../server/contract/demonstration-live.ts';
import { MicrophoneIcon } from '../call/icons.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import type { HallClient } from './hall-client.ts';
import { HallPicture, PRIORITY } from './hall-picture.tsx';
import type { HallState } from './hall-state.ts';
import { isOnAir, refOf, sentPictures } from './program-tracks.ts';
import { useTrackName } from './track-name.ts';

/** Beside the program: the whole room, and who of the stage and the audience is seen. What is on air is not shown twice. */
export function Beside({ client, state, program }: { client: HallClient; state: HallState; program: HallProgram }) {
  const nameOf = useTrackName();
  const shown = sentPictures(state).filter(
    ({ person, track }) =>
      !isOnAir(program, refOf(track)) &&
      (person.seat === 'theatre' ? track.source === 'room' : track.source === 'video' && track.pausedBy !== 'last-n'),
  );
  return (
    <div className="hall-beside">
      {shown.map(({ person, track }) => {
        const name = nameOf(track, person.displayName);
        return (
          <HallPicture
            key={track.producerId}
            client={client}
            person={person}
            track={track}
            isCut={state.cut.picture && person.seat === 'theatre'}
            priority={PRIORITY.beside}
            name={name}
          >
            <figcaption className="hall-name">{name}</figcaption>
          </HallPicture>
        );
      })}
      <Speakers state={state} />
    </div>
  );
}

/** Whose voice is open, and who speaks. */
export function Speakers({ state: { people, cut } }: { state: HallState }) {
  const t = useTexts();
  const heard = people.filter(({ voice }) => voice !== null);
  if (heard.length === 0) return null;
  return (
    <ul className="hall-speakers" aria-label={t('demonstrationHall:speakers')}>
      {heard.map(({ key, displayName, facilityName, voice, speaking, seat }) => {
        const isOff = voice?.paused === true || (cut.sound && seat === 'theatre');
        return (
          <li key={key} data-speaking={speaking} data-off={isOff}>
            <MicrophoneIcon off={isOff} />
            <b>{displayName}</b> <span>{facilityName}</span>
            <span className="visually-hidden">{isOff ? t('call:muted') : speaking && t('call:speaking')}</span>
          </li>
        );
      })}
    </ul>
  );
}
