import assert from 'node:assert/strict';
import sharp from 'sharp';
import { demoFacilityId } from '../../../server/demo/facilities.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { addAppointment } from '../../support/add-appointment.ts';
import { type AddedPerson, addPerson, enterPerson } from '../../support/add-person.ts';
import { acceptWritten } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const { county, province } = demoFacilities;
const addressOf = (accountId: string) => `/api/people/${accountId}/photo`;

describe('photographs of people', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let administrator: Client;
  let doctor: AddedPerson & { client: Client };
  let taken: Buffer;
  before(async () => {
    server = await startServer();
    administrator = (await enterPerson(server, 'facility-admin', county.facilityId)).client;
    doctor = await enterPerson(server, 'physician', county.facilityId);
    // Lying on its side, as a telephone writes it, with a place and a name in it.
    taken = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#c08060' } })
      .withMetadata({ orientation: 6, exif: { IFD0: { Artist: 'Li Chunmei' }, IFD3: { GPSLatitude: '45/1 0/1 0/1' } } })
      .jpeg()
      .toBuffer();
    assert.ok(taken.includes('Li Chunmei'));
  });
  after(() => server?.close());

  const put = (client: Client, accountId: string, body: Buffer) =>
    client.fetch(addressOf(accountId), { method: 'PUT', body: new Uint8Array(body) });
  const statusOf = async (client: Client, accountId: string) => (await client.fetch(addressOf(accountId))).status;

  it('[LI8] are kept small, upright and without what else the file said', async () => {
    const { accountId } = doctor;
    assert.equal(await statusOf(doctor.client, accountId), 204, 'there is none yet');
    assert.equal((await put(administrator, accountId, taken)).status, 200);
    const response = await doctor.client.fetch(addressOf(accountId));
    assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'image/jpeg']);
    assert.match(response.headers.get('cache-control') ?? '', /private/);
    const jpeg = Buffer.from(await response.arrayBuffer());
    const { width, height, exif, icc, orientation } = await sharp(jpeg).metadata();
    assert.deepEqual([width, height, exif, icc, orientation], [320, 320, undefined, undefined, undefined]);
    assert.ok(!jpeg.includes('Chunmei'));
    const { photoSha256 } = await doctor.client.call('own-practitioner:read');
    assert.equal(`"${photoSha256}"`, response.headers.get('etag'));
    assert.equal((await administrator.fetch(addressOf(accountId), { method: 'DELETE' })).status, 200);
    assert.equal(await statusOf(doctor.client, accountId), 204);
    const acts = (await server.database.read.audit.list({ limit: 10 })).map(({ action }) => action);
    assert.deepEqual(acts.slice(0, 2), ['photo:remove', 'photo:put']);
  });

  it('[LI8] are JPEG or PNG that can be read, of a size that a camera makes', async () => {
    const { accountId } = doctor;
    const png = await sharp({ create: { width: 50, height: 80, channels: 4, background: '#0000' } })
      .png()
      .toBuffer();
    const gif = await sharp({ create: { width: 5, height: 5, channels: 3, background: '#fff' } })
      .gif()
      .toBuffer();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    for (const [body, status, reason] of [
      [png, 200, undefined],
      [gif, 400, 'photograph-format-unsupported'],
      [svg, 400, 'photograph-format-unsupported'],
      [taken.subarray(0, 300), 400, 'file-damaged'],
      [Buffer.alloc(0), 400, 'file-empty'],
      [Buffer.concat([taken, Buffer.alloc(10 * 1024 ** 2)]), 413, 'file-too-large'],
    ] as const) {
      const response = await put(administrator, accountId, body);
      const answer = (await response.json()) as { reason?: string };
      assert.deepEqual([response.status, answer.reason], [status, reason]);
    }
  });

  it('[LI8] are put by those who answer for the person, and seen by colleagues and whoever is on a case with them', async () => {
    const { accountId } = doctor;
    assert.equal((await put(administrator, accountId, taken)).status, 200);
    const specialist = await enterPerson(server, 'specialist', province.facilityId);
    const stranger = (await enterPerson(server, 'physician', province.facilityId)).client;
    const foreignAdmin = (await enterPerson(server, 'facility-admin', demoFacilityId(12))).client;
    const colleague = (await enterPerson(server, 'coordinator', county.facilityId)).client;
    for (const client of [doctor.client, colleague, specialist.client, stranger, foreignAdmin]) {
      const refused = [
        await put(client, accountId, taken),
        await client.fetch(addressOf(accountId), { method: 'DELETE' }),
      ];
      assert.deepEqual(
        refused.map(({ status }) => status),
        [404, 404],
      );
    }
    for (const client of [doctor.client, colleague, administrator])
      assert.equal(await statusOf(client, accountId), 200);
    for (const client of [specialist.client, stranger, foreignAdmin])
      assert.equal(await statusOf(client, accountId), 404);
    await acceptWritten(doctor.client, specialist.client);
    assert.equal(await statusOf(specialist.client, accountId), 200, 'the other side of a case');
    for (const client of [stranger, foreignAdmin]) assert.equal(await statusOf(client, accountId), 404);
    // Whoever works at two hospitals is a colleague in both, as long as they do.
    const elsewhere = { accountId, facilityId: demoFacilityId(12), role: 'physician' } as const;
    await addAppointment(server.database, { ...elsewhere, toDay: '2020-01-01' });
    const farColleague = (await enterPerson(server, 'physician', demoFacilityId(12))).client;
    assert.equal(await statusOf(farColleague, accountId), 404, 'an appointment that has run out');
    await addAppointment(server.database, elsewhere);
    assert.equal(await statusOf(farColleague, accountId), 200);
    assert.equal(await statusOf(stranger, accountId), 404);
    const demo = (await (await server.signIn('county-doctor')).call('session:read')).person;
    assert.equal((await put(administrator, demo.accountId, taken)).status, 403);
    const gone = await addPerson(server.database, 'physician', province.facilityId);
    assert.equal(await statusOf(administrator, gone.accountId), 404);
  });
});
