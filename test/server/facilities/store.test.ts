import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { demoFacilities } from '../../../server/demo/network.ts';
import { founded, specialtiesOf } from '../../../server/facilities/facility.ts';
import { eachDatabase } from '../../support/each-database.ts';

const { county, province } = demoFacilities;

eachDatabase('the store of facilities', (open) => {
  async function world() {
    const database = await open();
    await database.write(async (stores) => {
      await stores.facilities.insert(province);
      await stores.facilities.insert({ ...county, parentId: province.facilityId, shortName: '青溪县院' });
    });
    return database;
  }

  it('keeps a facility as it was founded, and finds it by name, code and place', async () => {
    const database = await world();
    const found = await database.read.facilities.find(county.facilityId);
    assert.deepEqual(found, founded({ ...county, parentId: province.facilityId, shortName: '青溪县院' }));
    const stored = await database.read.facilities.find(province.facilityId);
    assert.deepEqual(stored && specialtiesOf(stored), province.specialties);
    const byName = async (text: string) => (await database.read.facilities.search(text, 10)).map(({ name }) => name);
    assert.deepEqual(await byName('青溪'), [county.name]);
    assert.deepEqual(await byName('县院'), [county.name]);
    for (const wildcard of ['%', '_', '\\']) assert.deepEqual(await byName(wildcard), [], wildcard);
    assert.equal((await database.read.facilities.listNodes()).length, 2);
    assert.equal(await database.read.facilities.findByUscc('12100000400000624D'), undefined);
  });

  it('[CO3] replaces a facility only at the version that it is at, and has no code twice', async () => {
    const database = await world();
    const stored = founded({ ...county, uscc18: '12100000400000624D', version: 2 });
    assert.ok(await database.write((stores) => stores.facilities.replace(stored, 1)));
    assert.ok(!(await database.write((stores) => stores.facilities.replace({ ...stored, version: 3 }, 1))));
    assert.equal((await database.read.facilities.findByUscc('12100000400000624D'))?.facilityId, county.facilityId);
    const second = founded({ ...province, uscc18: '12100000400000624D', version: 2 });
    await assert.rejects(database.write((stores) => stores.facilities.replace(second, 1)));
  });

  it('keeps an agreement, its reminders once, and gives it one successor', async () => {
    const database = await world();
    const at = new Date('2026-06-01T00:00:00.000Z');
    const agreementId = randomUUID();
    const sides = { invitingFacilityId: county.facilityId, invitedFacilityId: province.facilityId };
    const period = { validFrom: '2026-01-01T00:00:00.000Z', validTo: '2026-07-01T00:00:00.000Z' };
    await database.write((stores) => stores.facilities.insertAgreement({ agreementId, ...sides, ...period }));
    const [valid] = await database.read.facilities.listAgreements(county.facilityId, at);
    assert.deepEqual(
      valid?.services.map(({ kind }) => kind),
      ['video', 'written'],
    );
    assert.deepEqual(valid?.signatures, { inviting: true, invited: true });
    assert.equal((await database.read.facilities.listAgreements(province.facilityId, at)).length, 0);
    assert.equal((await database.read.facilities.listAgreementsOf([province.facilityId])).length, 1);
    const until = (day: string) => database.read.facilities.listAgreementsEnding(at, new Date(`${day}T00:00:00.000Z`));
    assert.equal((await until('2026-06-30')).length, 0);
    assert.equal((await until('2026-07-01')).length, 1);
    const note = () => database.write((stores) => stores.facilities.noteReminder(agreementId, 30, at));
    assert.deepEqual([await note(), await note()], [true, false]);
    const renew = () =>
      database.write((stores) =>
        stores.facilities.insertAgreement({
          agreementId: randomUUID(),
          ...sides,
          ...period,
          predecessorId: agreementId,
        }),
      );
    await renew();
    await assert.rejects(renew());
    assert.ok(await database.read.facilities.findSuccessor(agreementId));
    const ended = { ...valid, endedAt: '2026-05-01T00:00:00.000Z', version: 2 } as NonNullable<typeof valid>;
    assert.ok(await database.write((stores) => stores.facilities.replaceAgreement(ended, 1)));
    assert.equal((await database.read.facilities.findAgreement(agreementId))?.endedAt, ended.endedAt);
    await database.write((stores) => stores.facilities.deleteAgreement(agreementId));
    assert.equal(await database.read.facilities.findAgreement(agreementId), undefined);
  });

  it('keeps an alliance with its members and who may refer to whom', async () => {
    const database = await world();
    const alliance = {
      allianceId: randomUUID(),
      name: '胸痛联盟',
      kind: 'specialty-alliance' as const,
      hubId: province.facilityId,
      fromDay: '2026-01-01',
      toDay: null,
      members: [{ facilityId: county.facilityId, fromDay: '2026-01-01', toDay: '2026-12-31' }],
      referrals: [{ fromId: county.facilityId, toId: province.facilityId, kinds: ['inpatient' as const] }],
      version: 1,
      changedAt: '2026-01-01T00:00:00.000Z',
    };
    await database.write((stores) => stores.facilities.insertAlliance(alliance));
    assert.deepEqual(await database.read.facilities.findAlliance(alliance.allianceId), alliance);
    const next = { ...alliance, toDay: '2027-01-01', members: [], referrals: [], version: 2 };
    assert.ok(await database.write((stores) => stores.facilities.replaceAlliance(next, 1)));
    assert.ok(!(await database.write((stores) => stores.facilities.replaceAlliance(next, 1))));
    assert.deepEqual(await database.read.facilities.listAlliances(), [next]);
  });
});
