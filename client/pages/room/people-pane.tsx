import type { PersonView } from '../../../server/contract/account.ts';
import type { LocalMediaState } from '../../call/local-media.ts';
import { PersonTile } from '../../call/person-tile.tsx';
import type { RoomClient } from '../../call/room-client.ts';
import type { RemotePerson, RoomState } from '../../call/room-state.ts';
import { SelfTile } from '../../call/self-tile.tsx';
import { useTexts } from '../../i18n/use-texts.ts';

/** Everybody's tiles. With one other person the own picture lies small in a corner; with more, all are alike. */
export function PeoplePane({
  me,
  people,
  state,
  client,
  devices,
}: {
  me: PersonView;
  /** Everybody else. */
  people: readonly RemotePerson[];
  state: RoomState;
  client: RoomClient;
  devices: LocalMediaState;
}) {
  const t = useTexts();
  return (
    <section className="room-people" data-count={Math.min(people.length, 4)} aria-label={t('room:people')}>
      {people.length === 0 && (
        <p className="room-alone" role="status">
          {t(state.phase === 'joining' ? 'room:preview.entering' : 'room:alone')}
        </p>
      )}
      {people.map((person) => (
        <PersonTile key={person.key} person={person} client={client} />
      ))}
      <SelfTile me={me} media={devices} self={state.self} />
    </section>
  );
}
