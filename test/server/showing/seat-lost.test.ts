import assert from 'node:assert/strict';
import type { SeatHolder } from '../../../server/contract/index.ts';
import { enterPerson } from '../../support/add-person.ts';
import type { Connection } from '../../support/connect.ts';
import {
  type DemonstrationWorld,
  type Entered,
  enrolIn,
  HOME,
  INVITED,
  seatsOf,
} from '../../support/demonstration-world.ts';
import { openShowingWorld, refusalOf, type ShowingWorld, viewportOf } from '../../support/showing-world.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('what a demonstration shows, where seats change', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let world: DemonstrationWorld;
  let watcher: Entered;
  let shown: ShowingWorld;

  before(async () => {
    server = await startServer({ isHallReady: () => true });
    shown = await openShowingWorld(server);
    ({ world, watcher } = shown);
    await shown.begin();
  });
  after(async () => {
    shown?.closeWindows();
    await server?.close();
  });

  async function save(change: (seats: SeatHolder[]) => SeatHolder[]): Promise<void> {
    const params = { demonstrationId: shown.demonstrationId };
    const { plan } = await world.surgeon.call('demonstration:read', { params });
    const { version, draft } = plan ?? assert.fail();
    const body = { ...draft, version, seats: change(draft.seats) };
    await world.surgeon.call('demonstration:save', { params, body });
  }

  it('[SH4] is led by nobody, and told to nobody, who has just lost the seat for it: moderator, expert or watcher', async () => {
    const { demonstrationId } = shown;
    const { surgeon, moderator, deputy, expert, advocate } = world;
    const { window: surgeonWindow } = await shown.enter(surgeon);
    const isLedBy = (accountId: string | undefined) =>
      surgeonWindow.next('showing:changed', (told) => told.presenter?.accountId === accountId);
    const leads = async (window: Connection, accountId: string) => {
      await window.request('showing:present', { demonstrationId });
      await isLedBy(accountId);
      await shown.move(window, viewportOf(71, 2));
    };

    // The moderator is an expert from now on, and somebody else moderates: they see what everybody sees.
    const { window: before } = await shown.enter(moderator.client);
    await leads(before, moderator.accountId);
    const successor = await enterPerson(server, 'physician', INVITED);
    await save((seats) => [
      ...seats.filter(({ seat }) => seat !== 'moderator'),
      { seat: 'moderator', accountId: successor.accountId, facilityId: INVITED },
      { seat: 'expert', accountId: moderator.accountId, facilityId: moderator.facilityId },
    ]);
    await isLedBy(undefined);
    assert.match(await refusalOf(before.request('showing:present', { demonstrationId })), /forbidden/);
    assert.deepEqual((await shown.open(before)).pictures, []);
    await shown.enter(successor.client).then(({ window }) => leads(window, successor.accountId));

    // An expert whom the desk let show has no seat any more, and is not let show again by enrolling.
    const params = { demonstrationId, accountId: expert.accountId };
    await deputy.client.call('showing:name', { params });
    const { window: experts } = await shown.enter(expert.client);
    await leads(experts, expert.accountId);
    await save((seats) => seats.filter(({ accountId }) => accountId !== expert.accountId));
    const { named } = await isLedBy(undefined);
    assert.deepEqual(named, []);
    assert.match(await refusalOf(experts.request('showing:present', { demonstrationId })), /not-found/);

    // So does a watcher who withdraws.
    await deputy.client.call('showing:name', { params: { ...params, accountId: watcher.accountId } });
    const { window: watchers } = await shown.enter(watcher.client);
    await leads(watchers, watcher.accountId);
    await watcher.client.call('demonstration:withdraw', { params: { demonstrationId } });
    await surgeonWindow.next('showing:changed', ({ presenter, named: now }) => presenter === null && now.length === 0);
    await enrolIn(world, demonstrationId, watcher);
    assert.equal((await shown.enter(watcher.client)).snapshot.mayShow, false);
    assert.equal((await shown.enter(advocate.client)).snapshot.presenter, null);
  });

  it('[SH4] is led no more by a former moderator who goes on signing for the theatre alone', async () => {
    const both = await enterPerson(server, 'physician', HOME);
    const moderates = ({ accountId, facilityId }: Entered) => ({ seat: 'moderator', accountId, facilityId }) as const;
    const others = seatsOf(world).filter(({ seat }) => seat !== 'moderator' && seat !== 'theatre-signer');
    const seats: SeatHolder[] = [...others, moderates(both), { ...moderates(both), seat: 'theatre-signer' }];
    await shown.begin(false, { seats });
    const { demonstrationId } = shown;
    const { window: surgeonWindow } = await shown.enter(world.surgeon);
    const { window } = await shown.enter(both.client);
    await window.request('demonstration:enter', { demonstrationId });
    await window.request('showing:present', { demonstrationId });
    await surgeonWindow.next('showing:changed', ({ presenter }) => presenter?.accountId === both.accountId);
    await save((now) => [...now.filter(({ seat }) => seat !== 'moderator'), moderates(world.moderator)]);
    await surgeonWindow.next('showing:changed', ({ presenter }) => presenter === null);
    assert.match(await refusalOf(window.request('showing:present', { demonstrationId })), /not-found/);
    const presences = await server.database.read.demonstrations.listPresences(demonstrationId);
    const own = presences.filter(({ accountId }) => accountId === both.accountId);
    assert.ok(own.length > 0 && own.every(({ toAt }) => toAt !== null), 'nor is counted as there any more');
  });
});
