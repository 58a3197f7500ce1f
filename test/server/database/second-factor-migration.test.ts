import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { SecondFactors1700000000100 } from '../../../server/database/migrations/0100-second-factors.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { addPerson } from '../../support/add-person.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { openOlderDatabase } from '../../support/older-database.ts';

const WITH = migrations.slice(0, migrations.indexOf(SecondFactors1700000000100) + 1);

eachDatabase('a database that learns of second factors', (open, newUrl) => {
  it('keeps one beside an account, seals its secret, and loses nothing else on the way back', async () => {
    const url = await newUrl();
    const database = await open(url);
    const { facilityId } = demoFacilities.county;
    await database.write(({ facilities }) =>
      facilities.insert({ facilityId, name: '医院', tier: 'county', region6: '230125', specialties: [] }),
    );
    const { accountId, login } = await addPerson(database, 'physician');
    const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
    await database.write(async ({ secondFactors }) => {
      await secondFactors.putTotp({ accountId, secret, lastStep: 7, addedAt: null, nextSecret: null });
      await secondFactors.replaceRecoveryCodes(accountId, ['0123456789', 'ABCDEFGHJK']);
      await secondFactors.noteReset({ accountId, resetAt: '2026-11-30T01:02:03.004Z', reason: '手机丢失' });
      await secondFactors.insertPending({
        pendingId: randomUUID(),
        accountId,
        secretHash: 'a'.repeat(64),
        expiresAt: '2026-11-30T01:02:03.004Z',
      });
    });
    const { secondFactors } = database.read;
    const begun = { accountId, secret, lastStep: 7, addedAt: null, nextSecret: null };
    assert.deepEqual(await secondFactors.findTotp(accountId), begun);
    assert.deepEqual([...(await secondFactors.listHolders([accountId]))], [], 'not confirmed: none yet');
    const taken = await database.write(async (stores) => [
      await stores.secondFactors.takeStep(accountId, 7),
      await stores.secondFactors.confirmTotp(accountId, 8, '2026-11-30T01:02:03.004Z'),
      await stores.secondFactors.takeStep(accountId, 8),
      await stores.secondFactors.takeStep(accountId, 9),
      await stores.secondFactors.takeRecoveryCode(accountId, '0123456789', '2026-11-30T01:02:03.004Z'),
      await stores.secondFactors.takeRecoveryCode(accountId, '0123456789', '2026-11-30T01:02:03.004Z'),
      await stores.secondFactors.takeRecoveryCode(randomUUID(), 'ABCDEFGHJK', '2026-11-30T01:02:03.004Z'),
    ]);
    assert.deepEqual(taken, [false, true, false, true, true, false, false]);
    assert.deepEqual([...(await secondFactors.listHolders([accountId]))], [accountId]);
    assert.ok(!JSON.stringify(await database.query('SELECT * FROM totp_factor')).includes(secret));

    const source = await openOlderDatabase(url, WITH);
    await source.query('DELETE FROM migrations WHERE timestamp > 1700000000100');
    await source.undoLastMigration();
    const [row] = (await source.query('SELECT login FROM account')) as { login: string }[];
    assert.equal(row?.login, login);
    await assert.rejects(source.query('SELECT * FROM totp_factor'));
    await source.destroy();
  });
});
