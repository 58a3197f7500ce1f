import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { demoFacilities } from '../../../server/demo/network.ts';
import { enterPerson } from '../../support/add-person.ts';
import { comePresent, goneAfter, isClosed, type Presence } from '../../support/ended-rights.ts';
import { operate } from '../../support/operate.ts';
import { lengthTo, target } from '../../support/review-moves.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { type RunningSfu, startSfu } from '../../support/start-sfu.ts';

const HOURS_11_MS = 11 * 3_600_000;

for (const form of ['the sfu inside the server', 'the sfu on its own'] as const)
  describe(`a right that has ended, with ${form}`, function () {
    this.timeout(180_000);
    let apart: RunningSfu | undefined;
    let server: RunningServer;
    let aheadMs = 0;
    let present: Presence;
    before(async () => {
      apart = form === 'the sfu on its own' ? await startSfu() : undefined;
      server = await startServer({
        clock: () => new Date(Date.now() + aheadMs),
        ...(apart ? { sfuApart: apart } : {}),
      });
    });
    beforeEach(async () => {
      present = await comePresent(server, apart?.url ?? server.url);
    });
    afterEach(() => present.close());
    after(async () => {
      await server?.close();
      await apart?.close();
    });
    const change = (sql: string) => server.database.query(sql);
    const draw = () =>
      present.socket.ask('annotation:put', {
        consultationId: present.consultationId,
        annotationId: randomUUID(),
        target,
        shape: lengthTo(3),
      });
    const accountId = async () => (await present.doctor.call('session:read')).person.accountId;

    it('[SF32] ends the call of whoever signs out', async () => {
      await present.isOutAfter(() => present.doctor.call('session:close'), 'closed');
    });

    it('[SF32] ends the call of whoever signs out everywhere, from another computer', async () => {
      const elsewhere = await server.signIn('county-doctor');
      await present.isOutAfter(() => elsewhere.call('session:close-all'), 'closed');
    });

    it('[SF32] [RT10] closes everything of an account that is closed, and does nothing more for it meanwhile', async () => {
      const id = await accountId();
      try {
        await present.isOutAfter(async () => {
          await change(`UPDATE account SET isActive = 0 WHERE accountId = '${id}'`);
          const answer = await draw();
          assert.equal(!answer.ok && answer.failure.code, 'unauthenticated');
        }, 'closed');
      } finally {
        await change(`UPDATE account SET isActive = 1 WHERE accountId = '${id}'`);
      }
    });

    it('[SF32] closes everything of an account that is closed, though nobody does anything with it', async () => {
      const id = await accountId();
      try {
        const close = () => change(`UPDATE account SET isActive = 0 WHERE accountId = '${id}'`);
        await present.isOutAfter(close, 'closed');
      } finally {
        await change(`UPDATE account SET isActive = 1 WHERE accountId = '${id}'`);
      }
    });

    it('[SF32] [AC4] closes everything of a person whom an administrator disables, and says why', async () => {
      const id = await accountId();
      // Accounts of the demonstration are disabled all at once: for this test it is none of them.
      await change(`UPDATE account SET isDemo = 0 WHERE accountId = '${id}'`);
      const { client } = await enterPerson(server, 'facility-admin');
      const params = { accountId: id };
      try {
        await present.isOutAfter(() => client.call('person:disable', { params, body: { reason: '离职' } }), 'closed');
        assert.deepEqual(await present.socket.next('session:ended'), { reason: 'disabled' });
      } finally {
        await client.call('person:reactivate', { params });
        await change(`UPDATE account SET isDemo = 1 WHERE accountId = '${id}'`);
      }
    });

    it('[SF32] [AC10] closes everything of an account that another process disables, the operator’s', async () => {
      const id = await accountId();
      try {
        await present.isOutAfter(() => operate(server.dataDir, 'disable', 'county-doctor'), 'closed');
      } finally {
        await change(`UPDATE account SET isActive = 1 WHERE accountId = '${id}'`);
      }
    });

    it('[SF32] [RT10] takes a person whose grant has ended off the call, and off the images', async () => {
      const { consultationId } = present;
      const id = await accountId();
      const now = new Date().toISOString();
      const end = `UPDATE consultation_grant SET endedAt = '${now}' WHERE consultationId = '${consultationId}' AND accountId = '${id}'`;
      await present.isOutAfter(() => change(end), 'open');
      const answer = await draw();
      assert.equal(!answer.ok && answer.failure.code, 'not-found');
    });

    it('[SF32] [RT10] lets a person who moved to another facility do nothing more for the old one', async () => {
      const id = await accountId();
      const move = (facilityId: string) =>
        change(`UPDATE account SET facilityId = '${facilityId}' WHERE accountId = '${id}'`);
      try {
        await present.isOutAfter(() => move(demoFacilities.province.facilityId), 'open');
        const answer = await draw();
        assert.equal(!answer.ok && answer.failure.code, 'not-found');
      } finally {
        await move(demoFacilities.county.facilityId);
      }
    });

    it('[SF32] ends the call of whoever’s session has run out', async () => {
      const expire = () => {
        aheadMs = HOURS_11_MS;
      };
      await goneAfter(expire, {
        'the place in the room': () => present.sfu.next('peer:removed'),
        'the connection to the sfu': () => present.sfu.disconnected(),
        'the socket': () => isClosed(present.socket),
        HTTP: async () => assert.equal((await present.doctor.ask('session:read')).status, 401),
      });
      assert.deepEqual(await present.socket.next('session:ended'), { reason: 'expired' });
    });
  });
