import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Role } from '../../../server/contract/index.ts';
import { demoFacilityId } from '../../../server/demo/facilities.ts';
import { chinaDate } from '../../../server/patients/china-date.ts';
import { addAppointment } from '../../support/add-appointment.ts';
import { addPerson, enterPerson, PERSON_PASSWORD } from '../../support/add-person.ts';
import { type Client, createClient, signIn } from '../../support/client.ts';
import {
  type DemonstrationWorld,
  FOREIGN,
  HOME,
  INVITED,
  openDemonstrationWorld,
  placeDemonstration,
} from '../../support/demonstration-world.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

/** In the demo network's tree: below the county, below another county, another county of its city. */
const [VILLAGE, FOREIGN_TOWNSHIP, OTHER_COUNTY] = [demoFacilityId(41), demoFacilityId(38), demoFacilityId(23)];

describe('enrolling in a demonstration', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let world: DemonstrationWorld;

  before(async () => {
    server = await startServer();
    world = await openDemonstrationWorld(server);
  });
  after(() => server?.close());

  const statusOf = async (client: Client, demonstrationId: string) =>
    (await client.ask('demonstration:enrol', { params: { demonstrationId } })).status;

  it('[DM10] is for one hospital at a time: who works at two keeps the first until they withdraw', async () => {
    const audience = [INVITED, FOREIGN].map((id) => ({ kind: 'facility' as const, id }));
    const { demonstrationId } = await placeDemonstration(world, 'enrolling', { audience });
    const params = { demonstrationId };
    const person = await addPerson(server.database, 'physician', INVITED, '林双');
    const { accountId, login } = person;
    const role: Role = 'physician';
    const elsewhere = await addAppointment(server.database, { accountId, facilityId: FOREIGN, role });
    const here = await signIn(server.url, login, PERSON_PASSWORD);
    const leaving = await signIn(server.url, login, PERSON_PASSWORD);
    await here.call('demonstration:enrol', { params });
    const switched = await leaving.fetch('/api/session/appointment', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ appointmentId: elsewhere }),
    });
    const cookie = switched.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
    const there = createClient(server.url, cookie.join('; '));
    const refused = await there.ask('demonstration:enrol', { params });
    assert.deepEqual([refused.status, (refused.body as { reason?: string }).reason], [409, 'state-not-allowed']);
    const enrolledAt = async () =>
      (await world.surgeon.call('demonstration:attendance', { params })).people.map(
        ({ person: one }) => one.facilityId,
      );
    assert.deepEqual(await enrolledAt(), [INVITED]);
    await here.call('demonstration:withdraw', { params });
    await there.call('demonstration:enrol', { params });
    assert.deepEqual(await enrolledAt(), [FOREIGN]);
  });

  it('[DM2] is open to an alliance: its hub, its members and what is below them, in its time', async () => {
    const [today, yesterday] = [0, -86_400_000].map((ms) => chinaDate(new Date(Date.now() + ms)));
    const alliance = {
      allianceId: randomUUID(),
      name: '胸外专科联盟',
      kind: 'specialty-alliance' as const,
      hubId: HOME,
      fromDay: yesterday ?? '',
      toDay: null,
      members: [
        { facilityId: INVITED, fromDay: today ?? '', toDay: null },
        { facilityId: FOREIGN, fromDay: yesterday ?? '', toDay: yesterday ?? '' },
      ],
      referrals: [],
      version: 1,
      changedAt: new Date().toISOString(),
    };
    await server.database.write(({ facilities }) => facilities.insertAlliance(alliance));
    const { demonstrationId } = await placeDemonstration(world, 'enrolling', {
      audience: [{ kind: 'alliance', id: alliance.allianceId }],
    });
    const statuses: Record<string, number> = {};
    for (const [where, facilityId] of Object.entries({
      hub: HOME,
      member: INVITED,
      'below a member': VILLAGE,
      'a former member': FOREIGN,
      'below a former member': FOREIGN_TOWNSHIP,
      'below the hub alone': OTHER_COUNTY,
    })) {
      const { client } = await enterPerson(server, 'trainee', facilityId);
      statuses[where] = await statusOf(client, demonstrationId);
    }
    assert.deepEqual(statuses, {
      hub: 200,
      member: 200,
      'below a member': 200,
      'a former member': 404,
      'below a former member': 404,
      'below the hub alone': 404,
    });
  });
});
