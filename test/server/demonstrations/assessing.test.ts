import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { demoFacilityId } from '../../../server/demo/facilities.ts';
import type { Demonstration } from '../../../server/demonstrations/demonstration.ts';
import { addPerson, enterPerson } from '../../support/add-person.ts';
import type { Client } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import {
  type DemonstrationWorld,
  enrolIn,
  FOREIGN,
  HOME,
  INVITED,
  openDemonstrationWorld,
  placeDemonstration,
  seatsOf,
} from '../../support/demonstration-world.ts';
import { eventually } from '../../support/eventually.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const MINUTE_MS = 60_000;
/** Without an administrator of its own; the county above it has some. */
const TOWNSHIP = demoFacilityId(31);
const BEGAN = Date.now() - 200 * MINUTE_MS;
const minute = (minutes: number) => new Date(BEGAN + minutes * MINUTE_MS);
const at = (minutes: number) => minute(minutes).toISOString();

describe('assessing who watched a demonstration', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let world: DemonstrationWorld;

  before(async () => {
    server = await startServer();
    world = await openDemonstrationWorld(server);
  });
  after(() => server?.close());

  /** A hundred minutes, of which the watcher was there for the first 79. */
  async function place(changes: Partial<Demonstration> = {}) {
    const over = { beganAt: at(0), endedAt: at(100), ...changes };
    const { demonstrationId } = await placeDemonstration(world, 'ended', over);
    await enrolIn(world, demonstrationId, world.watcher);
    const { accountId, facilityId } = world.watcher;
    const window = { windowId: randomUUID().slice(0, 20), fromAt: at(0), lastSeenAt: at(79), toAt: at(79) };
    await server.database.write(({ demonstrations }) =>
      demonstrations.insertPresence({
        presenceId: randomUUID(),
        ...{ demonstrationId, accountId, facilityId },
        ...{ ...window, hasLeft: true },
      }),
    );
    return { demonstrationId };
  }
  const attendance = (client: Client, params: { demonstrationId: string }) =>
    client.call('demonstration:attendance', { params });
  async function assess(params: { demonstrationId: string }) {
    const { client } = world.moderator;
    const { version } = await attendance(client, params);
    await client.call('demonstration:assess', { params, body: { version, remark: '' } });
  }
  const isTold = async ({ client }: { client: Client }, demonstrationId: string): Promise<boolean> =>
    (await client.call('notices:list')).notices.some(
      ({ kind, demonstration }) =>
        kind === 'demonstration-assessed' && demonstration?.demonstrationId === demonstrationId,
    );

  it('[DM13] [DM43] holds nobody to minutes in which no server was up', async () => {
    const params = await place();
    const watched = async () => {
      const { liveS, people } = await attendance(world.moderator.client, params);
      const own = people.find(({ person }) => person.accountId === world.watcher.accountId);
      return [liveS / 60, (own?.presentS ?? 0) / 60, own?.qualifies];
    };
    assert.deepEqual(await watched(), [100, 79, false]);
    const stretches = [
      [0, 79],
      [99, 100],
    ] as const;
    await server.database.write(async ({ demonstrations }) => {
      for (const [from, to] of stretches)
        for (const noted of [from, to])
          await demonstrations.noteServed([params.demonstrationId], minute(noted), minute(from));
    });
    assert.deepEqual(await watched(), [80, 79, true]);
    await assess(params);
    assert.deepEqual(await watched(), [80, 79, true]);
  });

  it('[DM26] [DM43] holds against nobody with a seat a presence check that is never put to them', async () => {
    const { accountId, facilityId } = world.watcher;
    const seats = [...seatsOf(world), { seat: 'expert' as const, accountId, facilityId }];
    const params = await place({ seats, requiredPercent: 70 });
    const check = { demonstrationId: params.demonstrationId, slot: 0, dueAt: at(10), askedAt: at(10) };
    await server.database.write(({ presenceChecks }) => presenceChecks.insertNew({ checkId: randomUUID(), ...check }));
    await assess(params);
    const { people } = await attendance(world.moderator.client, params);
    const own = people.find(({ person }) => person.accountId === accountId);
    assert.deepEqual([own?.checksAsked, own?.qualifies], [0, true]);
  });

  it('[DM13] shows an administrator nothing of what their own people did for another facility', async () => {
    const params = await place({ requiredPercent: 70 });
    const { demonstrationId } = params;
    const { accountId } = await addPerson(server.database, 'trainee', FOREIGN);
    await server.database.write(async ({ demonstrations }) => {
      const ids = { demonstrationId, accountId };
      const enrolled = { appointmentId: accountId, enrolledAt: at(0), withdrawnAt: null };
      await demonstrations.putEnrolment({ ...ids, facilityId: FOREIGN, ...enrolled });
      for (const [facilityId, from, to] of [
        [INVITED, 0, 10],
        [FOREIGN, 10, 100],
      ] as const) {
        const window = { windowId: randomUUID().slice(0, 20), fromAt: at(from), lastSeenAt: at(to), toAt: at(to) };
        await demonstrations.insertPresence({ presenceId: randomUUID(), ...ids, facilityId, ...window, hasLeft: true });
      }
    });
    await assess(params);
    const seenBy = async (client: Client) => {
      const { people } = await attendance(client, params);
      const one = people.find(({ person }) => person.accountId === accountId);
      return one && [one.enrolledAt, one.presentS / 60, one.qualifies];
    };
    const { client } = await enterPerson(server, 'facility-admin', INVITED);
    assert.deepEqual(await seenBy(world.moderator.client), [at(0), 100, true]);
    assert.deepEqual(await seenBy(client), [null, 10, null]);
    const { client: theirs } = await enterPerson(server, 'facility-admin', FOREIGN);
    assert.deepEqual(await seenBy(theirs), [at(0), 100, true]);
  });

  it('[DM43] tells the administrators above where nobody of the facility itself may credit', async () => {
    const params = await place({ facilityId: TOWNSHIP });
    const [above, further] = [
      await enterPerson(server, 'facility-admin', INVITED),
      await enterPerson(server, 'facility-admin', HOME),
    ];
    const window = await connect(server.url, above.client.cookie);
    await assess(params);
    // Their open page reads it anew as well.
    await window.next('demonstration:changed', (one) => one.demonstrationId === params.demonstrationId);
    window.close();
    await eventually('the one above is told', () => isTold(above, params.demonstrationId));
    assert.equal(await isTold(further, params.demonstrationId), false, 'there is one nearer');
    const other = await connect(server.url, further.client.cookie);
    const { version } = await attendance(above.client, params);
    const given = await above.client.call('demonstration:credit', { params, body: { version, points: 1 } });
    assert.equal(given.state, 'credited', 'and gives them');
    // Whoever else could have given them no longer has it on an open page.
    await other.next('demonstration:changed', (one) => one.demonstrationId === params.demonstrationId);
    other.close();
  });
});
