import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { recordAct } from '../../../server/audit/record.ts';
import type { HistoryEntry } from '../../../server/contract/index.ts';
import { demoFacilityId } from '../../../server/demo/facilities.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { addAdministrator } from '../../support/add-administrator.ts';
import { addAppointment } from '../../support/add-appointment.ts';
import { addPerson, enterPerson, PERSON_PASSWORD } from '../../support/add-person.ts';
import type { Client } from '../../support/client.ts';
import { signIn } from '../../support/client.ts';
import { facilityDraft, placeFacility } from '../../support/facility-world.ts';
import { operate } from '../../support/operate.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const HOME = demoFacilities.county.facilityId;
const OTHER = demoFacilityId(22);

describe('who changed a person, what and when', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let home: Client;
  let other: Client;
  before(async () => {
    server = await startServer();
    home = (await addAdministrator(server, HOME)).client;
    other = (await addAdministrator(server, OTHER)).client;
  });
  after(() => server?.close());

  const historyOf = (client: Client, accountId: string, query: Record<string, string> = {}) =>
    client.call('person:history', { params: { accountId }, query });
  const changed = ({ changes }: HistoryEntry) =>
    Object.fromEntries(changes.map(({ field, before, after }) => [field, [before, after]]));

  it('[AC17] tells each change with what it was, what it became, and why', async () => {
    const { accountId, login } = await addPerson(server.database, 'physician', HOME, '林双');
    const params = { accountId };
    const data = { name: '林霜', title: '副主任医师', role: 'physician', specialty: null, facilityId: HOME } as const;
    await home.call('person:edit', { params, body: { ...data, revision: 1 } });
    const licence = {
      licenceNumber: '110230125000777',
      category: 'clinical' as const,
      grade: 'full' as const,
      validFrom: null,
      validTo: '2031-05-01',
      independentSince: null,
      specialties: ['呼吸'],
    };
    await home.call('practitioner:save', { params, body: { ...licence, revision: 0 } });
    const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#777777' } })
      .png()
      .toBuffer();
    const sent = await home.fetch(`/api/people/${accountId}/photo`, { method: 'PUT', body: new Uint8Array(photo) });
    assert.equal(sent.status, 200);
    assert.equal((await home.fetch(`/api/people/${accountId}/photo`, { method: 'DELETE' })).status, 200);
    await home.call('person:make-link', { params });
    await home.call('person:disable', { params, body: { reason: '离职' } });
    await home.call('person:reactivate', { params });
    await operate(server.dataDir, 'unlock', login);

    const entries = await historyOf(home, accountId);
    assert.deepEqual(
      entries.map(({ action, reason }) => [action, reason]),
      [
        ['account:unlock', null],
        ['account:reactivate', null],
        ['account:disable', '离职'],
        ['account:reset', null],
        ['photo:remove', null],
        ['photo:put', null],
        ['practitioner:save', null],
        ['account:edit', null],
      ],
    );
    const [edit, saved] = entries.toReversed();
    assert.ok(edit && saved);
    assert.deepEqual(changed(edit), { name: ['林双', '林霜'], title: ['医师', '副主任医师'] });
    assert.equal(edit.facilityName, '青溪县人民医院');
    assert.deepEqual(changed(saved)['licenceNumber'], [null, '…0777'], 'no whole number stands in the chain');
    assert.deepEqual(changed(saved)['validTo'], [null, '2031-05-01']);
    assert.ok(entries[0]?.operator, 'whoever ran the machine is named');

    const first = await historyOf(home, accountId, { limit: '3' });
    const rest = await historyOf(home, accountId, { limit: '100', before: String(first.at(-1)?.sequence) });
    assert.deepEqual([...first, ...rest], entries, 'page by page it is the same');
  });

  it('[AC17] tells of appointments those who administer their facility, and nobody else', async () => {
    const { accountId } = await addPerson(server.database, 'physician', HOME, '林双');
    const appointmentId = await addAppointment(server.database, { accountId, facilityId: OTHER, role: 'specialist' });
    const data = {
      department: null,
      role: 'specialist' as const,
      title: '顾问',
      specialty: null,
      fromDay: null,
      toDay: null,
    };
    await other.call('appointment:edit', { params: { appointmentId }, body: { ...data, revision: 1 } });
    await other.call('appointment:end', { params: { appointmentId }, body: { revision: 2 } });
    await home.call('person:make-link', { params: { accountId } });
    const seen = await historyOf(other, accountId);
    assert.deepEqual(
      seen.map(({ action, place }) => [action, place !== null]),
      [
        ['appointment:end', true],
        ['appointment:edit', true],
      ],
    );
    assert.deepEqual(
      (await historyOf(home, accountId)).map(({ action }) => action),
      ['account:reset'],
    );
    const platform = await server.signIn('admin');
    assert.equal((await historyOf(platform, accountId)).length, 3);
  });

  it('[AC17] tells that an appointment went over when facilities merged, by their names', async () => {
    const platform = await server.signIn('admin');
    const facilityId = await placeFacility(server, HOME, { name: '白沙乡卫生院' });
    const { accountId } = await addPerson(server.database, 'physician', facilityId);
    const { version } = await platform.call('facility:read', { params: { facilityId } });
    const body = { version, intoId: HOME, reason: '紧密型医共体改革' };
    await platform.call('facility:merge', { params: { facilityId }, body });
    const [entry] = await historyOf(home, accountId);
    assert.equal(entry?.action, 'appointment:take-over');
    assert.deepEqual(changed(entry), { facilityId: ['白沙乡卫生院', '青溪县人民医院'] });
    const [merged] = await platform.call('facility:history', { params: { facilityId } });
    assert.deepEqual([merged?.action, merged?.reason], ['facility:merge', '紧密型医共体改革']);
    assert.deepEqual(merged && changed(merged)['mergedIntoId'], [null, '青溪县人民医院']);
  });

  it('[AC17] shows acts of earlier versions as what they are, and nothing of cases or of signing in', async () => {
    const { accountId, login } = await addPerson(server.database, 'physician', HOME);
    await signIn(server.url, login, PERSON_PASSWORD);
    const { accountId: actorId } = await enterPerson(server, 'facility-admin', HOME);
    const context = { caller: { accountId: actorId, facilityId: HOME }, requestId: randomUUID(), at: new Date() };
    const subject = { subjectKind: 'account', subjectId: accountId };
    await server.database.write(async ({ audit }) => {
      const detail = { fields: ['name', 'role'], role: { from: 'physician', to: 'specialist' } };
      await recordAct(audit, context, { action: 'account:edit', ...subject, detail });
      await recordAct(audit, context, { action: 'consultation:invite', ...subject, consultationId: randomUUID() });
    });
    const entries = await historyOf(home, accountId);
    assert.equal(entries.length, 1);
    assert.deepEqual(entries[0]?.unkept, ['name']);
    assert.deepEqual(entries[0] && changed(entries[0]), { role: ['physician', 'specialist'] });
  });

  it('[FA6] tells of a facility’s departments in its history', async () => {
    const facilityId = await placeFacility(server, HOME);
    const params = { facilityId };
    const departments = [{ name: '心内科', code: null, answers: true }];
    await home.call('facility:save', { params, body: { ...facilityDraft({ departments }), version: 1 } });
    const [entry] = await home.call('facility:history', { params });
    assert.deepEqual(entry && changed(entry)['departments'], [[], departments]);
  });
});
