import type { RemotePerson } from './room-state.ts';

/**
 * Whom to show and to play: nobody hears or sees themselves out of another window. A window that was closed without a word stays with the sfu for
 * half a minute; where its person is here in another one, it is not shown.
 */
export function othersOf(people: readonly RemotePerson[], ownAccountId: string): RemotePerson[] {
  const here = new Set(people.filter(({ returning }) => !returning).map(({ accountId }) => accountId));
  return people.filter(
    ({ returning, accountId }) => accountId !== ownAccountId && (!returning || !here.has(accountId)),
  );
}
