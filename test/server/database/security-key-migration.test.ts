import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { SecurityKeys1700000000130 } from '../../../server/database/migrations/0130-security-keys.ts';
import { migrations } from '../../../server/database/migrations/index.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { addPerson } from '../../support/add-person.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { openOlderDatabase } from '../../support/older-database.ts';

/** Back to before it, those that came after it first. */
const STEPS_BACK = migrations.length - migrations.indexOf(SecurityKeys1700000000130);
const AT = '2026-11-30T01:02:03.004Z';

eachDatabase('a database that learns of security keys', (open, newUrl) => {
  it('keeps them beside an account, gives each challenge to one, and loses no app on the way back', async () => {
    const url = await newUrl();
    const database = await open(url);
    const { facilityId } = demoFacilities.county;
    await database.write(({ facilities }) =>
      facilities.insert({ facilityId, name: '医院', tier: 'county', region6: '230125', specialties: [] }),
    );
    const { accountId } = await addPerson(database, 'physician');
    const { accountId: other } = await addPerson(database, 'physician');
    const key = {
      keyId: randomUUID(),
      accountId,
      name: '蓝色 𠮷 密钥',
      // As long as one may be: 1023 bytes.
      credentialId: 'A'.repeat(1364),
      publicKey: 'B'.repeat(3000),
      rpId: 'localhost',
      counter: 3,
      transports: ['usb', 'nfc'],
      addedAt: AT,
      usedAt: null,
      isDiscoverable: true,
    };
    const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
    const nextSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    const bound = { boundTo: randomUUID(), purpose: 'proof' as const, expiresAt: AT };
    const told = await database.write(async ({ secondFactors }) => {
      await secondFactors.putTotp({ accountId, secret, lastStep: 7, addedAt: AT, nextSecret });
      const { keys } = secondFactors;
      await keys.putChallenge({ ...bound, challenge: 'first' });
      await keys.putChallenge({ ...bound, challenge: 'second' });
      await keys.putChallenge({ ...bound, purpose: 'change', challenge: 'third' });
      return {
        inserted: [
          await keys.insert(key),
          await keys.insert({ ...key, keyId: randomUUID(), accountId: other }),
          await keys.insert({ ...key, keyId: randomUUID(), credentialId: 'C', counter: 0, isDiscoverable: null }),
        ],
        counted: [
          await keys.takeCounter(key.keyId, 3, AT),
          await keys.takeCounter(key.keyId, 4, AT),
          await keys.takeCounter(key.keyId, 0, AT),
        ],
        challenges: [
          (await keys.takeChallenge(bound.boundTo, 'sign-in'))?.challenge,
          (await keys.takeChallenge(bound.boundTo, 'proof'))?.challenge,
          (await keys.takeChallenge(bound.boundTo, 'proof'))?.challenge,
          (await keys.takeChallenge(bound.boundTo, 'change'))?.challenge,
        ],
        removed: [await keys.remove(other, key.keyId)],
      };
    });
    assert.deepEqual(told, {
      inserted: [true, false, true],
      counted: [false, true, false],
      challenges: [undefined, 'second', undefined, 'third'],
      removed: [false],
    });
    const { secondFactors } = database.read;
    assert.deepEqual((await secondFactors.keys.list(accountId))[0]?.name, key.name);
    const kept = (await secondFactors.keys.list(accountId)).find(({ keyId }) => keyId === key.keyId);
    assert.deepEqual(kept, { ...key, counter: 4, usedAt: AT });
    assert.equal((await secondFactors.keys.findByCredential('C'))?.isDiscoverable, null);
    assert.equal(await secondFactors.keys.findByCredential('D'), undefined);
    assert.deepEqual([...(await secondFactors.listHolders([accountId, other]))], [accountId]);
    assert.ok(!JSON.stringify(await database.query('SELECT * FROM totp_factor')).includes(nextSecret));
    const replaced = { accountId, secret: nextSecret, lastStep: 9, addedAt: AT, nextSecret: null };
    const taken = await database.write(async (stores) => [
      await stores.secondFactors.replaceTotp(replaced),
      await stores.secondFactors.replaceTotp({ ...replaced, lastStep: 10 }),
    ]);
    assert.deepEqual(taken, [true, false]);
    assert.deepEqual(await secondFactors.findTotp(accountId), replaced);

    const source = await openOlderDatabase(url, migrations);
    for (let step = 0; step < STEPS_BACK; step += 1) await source.undoLastMigration();
    const [row] = (await source.query('SELECT * FROM totp_factor')) as Record<string, unknown>[];
    assert.deepEqual([row?.['accountId'], Number(row?.['lastStep'])], [accountId, 9]);
    assert.ok(row && !('sealedNextSecret' in row));
    await assert.rejects(source.query('SELECT * FROM security_key'));
    await source.destroy();
    await (await open(url)).read.secondFactors.keys.list(accountId);
  });
});
