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
  state,
  client,
  devices,
}: {
  me: PersonView;
  state: RoomState;
  client: RoomClient;
  devices: LocalMediaState;
}) {
  const t = useTexts();
  const people = withoutGhosts(state.people, me.accountId);
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

/** A window that was closed without a word stays with the sfu for half a minute; where its person is here in another one, it is not shown. */
function withoutGhosts(people: readonly RemotePerson[], ownAccountId: string): RemotePerson[] {
  const here = new Set(people.filter(({ returning }) => !returning).map(({ accountId }) => accountId));
  here.add(ownAccountId);
  return people.filter(({ returning, accountId }) => !returning || !here.has(accountId));
}
