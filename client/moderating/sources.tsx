import { useEffect, useEffectEvent } from 'react';
import type { HallProgram } from '../../server/contract/demonstration-live.ts';
import { isTyping } from '../call/call-keys.ts';
import type { HallClient } from '../hall/hall-client.ts';
import { HallPicture, PRIORITY } from '../hall/hall-picture.tsx';
import type { HallState } from '../hall/hall-state.ts';
import { isSame, refOf, type SentPicture, sentPictures } from '../hall/program-tracks.ts';
import { useTrackName } from '../hall/track-name.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { isForPictures } from '../showing/own-keys.ts';
import { withMain, withSecond } from './program-choice.ts';

/** Every picture that is sent, as it is: each can be put on air, or beside what is. */
export function Sources({
  client,
  state,
  program,
  mayChoose,
  onChoose,
}: {
  client: HallClient;
  state: HallState;
  program: HallProgram;
  mayChoose: boolean;
  onChoose: (program: HallProgram) => void;
}) {
  const t = useTexts();
  const sources = sentPictures(state);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    const chosen = sources[Number(digit) - 1];
    if (!mayChoose || !chosen || isTyping(event) || isForPictures(event)) return;
    event.preventDefault();
    onChoose((event.shiftKey ? withSecond : withMain)(program, refOf(chosen.track)));
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  if (sources.length === 0) return <p className="desk-none">{t('demonstrationHall:desk.noSources')}</p>;
  return (
    <ul className="desk-sources" aria-label={t('demonstrationHall:desk.sources')}>
      {sources.map((source, index) => (
        <Source
          key={source.track.producerId}
          {...{ client, state, program, source, mayChoose, onChoose }}
          number={index + 1}
        />
      ))}
    </ul>
  );
}

function Source({
  client,
  state,
  program,
  source: { person, track },
  number,
  mayChoose,
  onChoose,
}: {
  client: HallClient;
  state: HallState;
  program: HallProgram;
  source: SentPicture;
  number: number;
  mayChoose: boolean;
  onChoose: (program: HallProgram) => void;
}) {
  const t = useTexts();
  const ref = refOf(track);
  const name = useTrackName()(ref, person.displayName);
  const isMain = isSame(program.main, ref);
  const isSecond = program.layout !== 'single' && isSame(program.second, ref);
  const key = number <= 9 ? ` (${number})` : '';
  return (
    <li className="desk-source" data-testid="desk-source" data-on-air={isMain ? 'main' : isSecond ? 'second' : 'no'}>
      <HallPicture
        client={client}
        person={person}
        track={track}
        isCut={state.cut.picture && person.seat === 'theatre'}
        priority={PRIORITY.preview}
        name={name}
      >
        <figcaption className="hall-name">
          {name}
          {key}
        </figcaption>
      </HallPicture>
      <div className="desk-source-acts">
        <button
          type="button"
          className="button"
          aria-pressed={isMain}
          aria-label={`${t('demonstrationHall:desk.main')} ${name}`}
          disabled={!mayChoose}
          onClick={() => onChoose(withMain(program, ref))}
        >
          {t('demonstrationHall:desk.main')}
        </button>
        <button
          type="button"
          className="button"
          aria-pressed={isSecond}
          aria-label={`${t('demonstrationHall:desk.second')} ${name}`}
          disabled={!mayChoose}
          onClick={() => onChoose(withSecond(program, ref))}
        >
          {t('demonstrationHall:desk.second')}
        </button>
      </div>
    </li>
  );
}
