import assert from 'node:assert/strict';
import sharp from 'sharp';
import { demoFacilityId } from '../../../server/demo/facilities.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { addPerson, enterPerson } from '../../support/add-person.ts';
import { readAdministrationTable, statusesOf } from '../../support/administration-table.ts';
import type { Client } from '../../support/client.ts';
import { LICENCE } from '../../support/licences.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const { county, province } = demoFacilities;
const WHERE = {
  own: county.facilityId,
  above: demoFacilityId(11),
  below: demoFacilityId(31),
  foreign: demoFacilityId(12),
};

describe('who may do what with what is on file of practitioners, as the text for lawyers has it', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let jpeg: Buffer;
  before(async () => {
    server = await startServer();
    jpeg = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } })
      .jpeg()
      .toBuffer();
  });
  after(() => server?.close());

  const ACTS: Record<string, (client: Client, accountId: string) => Promise<{ status: number }>> = {
    'practitioner:read': (client, accountId) => client.ask('practitioner:read', { params: { accountId } }),
    'practitioner:save': (client, accountId) =>
      client.ask('practitioner:save', { params: { accountId }, body: { ...LICENCE, revision: 0 } }),
    'photo:put': (client, accountId) =>
      client.fetch(`/api/people/${accountId}/photo`, { method: 'PUT', body: new Uint8Array(jpeg) }),
    'photo:remove': (client, accountId) => client.fetch(`/api/people/${accountId}/photo`, { method: 'DELETE' }),
  };

  it('[LI1] is what every cell of the table says, over the network', async () => {
    const rows = await readAdministrationTable('act on a licence');
    assert.deepEqual([...rows.keys()].sort(), Object.keys(ACTS).sort());
    const platform = (await enterPerson(server, 'admin', province.facilityId)).client;
    const administrator = (await enterPerson(server, 'facility-admin', WHERE.own)).client;
    const others: Client[] = [];
    for (const role of [
      'physician',
      'coordinator',
      'specialist',
      'surgeon',
      'trainee',
      'auditor',
      'security-admin',
    ] as const)
      others.push((await enterPerson(server, role, WHERE.own)).client);
    const wrong: string[] = [];
    for (const [act, row] of rows) {
      const look = async (column: string, client: Client, facilityId: string) => {
        const { accountId } = await addPerson(server.database, 'physician', facilityId);
        const answer = await ACTS[act]?.(client, accountId);
        if (!statusesOf(row[column]).includes(answer?.status ?? 0)) wrong.push(`${act}, ${column}: ${answer?.status}`);
      };
      await look('system: any', platform, WHERE.foreign);
      for (const [column, facilityId] of Object.entries(WHERE)) await look(column, administrator, facilityId);
      for (const client of others) await look('everybody else', client, WHERE.own);
    }
    assert.deepEqual(wrong, []);
  });
});
