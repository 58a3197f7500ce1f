import assert from 'node:assert/strict';
import { LicenceFilter } from '../../../server/contract/index.ts';
import { demoFacilityId } from '../../../server/demo/facilities.ts';
import { licenceFilter, toLicenceView } from '../../../server/licences/licence.ts';
import { addAdministrator } from '../../support/add-administrator.ts';
import { addAppointment } from '../../support/add-appointment.ts';
import { addPerson } from '../../support/add-person.ts';
import type { Client } from '../../support/client.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { enterLicence, inDays, LICENCE } from '../../support/licences.ts';
import { createRandom } from '../../support/random.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const HOME = demoFacilityId(22);
const OTHER = demoFacilityId(12);

eachDatabase('people by how their licence stands', (open) => {
  it('[LI9] are found as each one’s own page would have it, whatever the days are', async () => {
    const database = await open();
    const random = createRandom(9);
    const at = new Date('2026-11-30T16:30:00.000Z');
    await database.write(({ facilities }) =>
      facilities.insert({ facilityId: HOME, name: '医院', tier: 'county', region6: '230125', specialties: [] }),
    );
    const days = [null, ...[-400, -1, 0, 1, 59, 60, 61, 400].map((count) => inDays(count, at))];
    const stands = new Map<string, string[]>();
    for (let count = 0; count < 120; count += 1) {
      const role = random.pick(['physician', 'specialist', 'coordinator'] as const);
      const { accountId } = await addPerson(database, role, HOME);
      const [validFrom, validTo] = [random.pick(days), random.pick(days)];
      const licence = { ...LICENCE, licenceNumber: random.pick([null, '110230100001234']), validFrom, validTo };
      const isOnFile = random.below(5) > 0;
      const isRenewed = isOnFile && random.below(3) === 0;
      const put = (licenceOf: typeof licence, revision: number) =>
        database.write((stores) => stores.practitioners.put({ ...licenceOf, accountId, revision }));
      if (isRenewed) await put({ ...licence, validFrom: random.pick(days), validTo: random.pick(days) }, 1);
      if (isOnFile) await put(licence, isRenewed ? 2 : 1);
      const { state, daysLeft } = toLicenceView(isOnFile ? licence : undefined, at);
      const isExpiring = state === 'valid' && daysLeft !== null && daysLeft <= 60;
      if (role !== 'coordinator') stands.set(accountId, isExpiring ? [state, 'expiring'] : [state]);
    }
    for (const is of LicenceFilter.options) {
      const filter = { facilityIds: [HOME], licence: licenceFilter(is, at), sort: 'name', order: 'ascending' } as const;
      const { accounts, total } = await database.read.accounts.listPage({ ...filter, page: 1, limit: 200 });
      const expected = [...stands].flatMap(([accountId, states]) => (states.includes(is) ? accountId : []));
      assert.ok(expected.length > 0, is);
      assert.deepEqual(accounts.map(({ accountId }) => accountId).sort(), expected.sort(), is);
      assert.equal(total, expected.length);
    }
  });
});

describe('the list of people, and its export, by licence', function () {
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

  it('[LI9] hold those whose account one administers, and tell nobody else how a licence stands', async () => {
    const { accountId, login } = await addPerson(server.database, 'physician', HOME, '林双');
    await addAppointment(server.database, { accountId, facilityId: OTHER, role: 'specialist' });
    await enterLicence(home, accountId, { validTo: inDays(30) });
    const isListed = async (client: Client, licence: string) =>
      (await client.call('people:list', { query: { licence, limit: '100' } })).people.some(
        (one) => one.accountId === accountId,
      );
    const found = await Promise.all(LicenceFilter.options.map((licence) => isListed(home, licence)));
    assert.deepEqual(found, [true, true, false, false, false], LicenceFilter.options.join());
    for (const licence of LicenceFilter.options) assert.ok(!(await isListed(other, licence)), licence);
    const exported = async (licence: string) =>
      (await home.fetch(`/api/exports/people?format=csv&language=en&licence=${licence}`)).text();
    assert.ok((await exported('expiring')).includes(login));
    assert.ok(!(await exported('expired')).includes(login));
    const own = (await server.signIn('coordinator')).call('own-sessions:list');
    assert.ok((await own).every(({ facilityName, role }) => facilityName !== '' && role === 'coordinator'));
  });
});
