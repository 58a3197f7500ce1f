import type { PeoplePage } from '../../../server/contract/index.ts';
import type { Client } from '../../support/client.ts';
import { countyIndex } from './facility-rows.ts';
import { NOBODY } from './names.ts';
import type { Measured } from './network.ts';
import { loginOf, personAt, platformAt } from './people-rows.ts';
import { idOf } from './size.ts';
import { asked, signInAs, timed } from './timed.ts';

const LIMIT = 20;
const SIGN_INS = 15;

/** Lists and pages of administration: for the platform's administrator, a city's with all that is below it, and a large hospital's. */
export async function measurePeople(measured: Measured): Promise<void> {
  const { server, size, staff } = measured;
  const admin = await signInAs(server, platformAt(staff, 'admin'));
  const city = await signInAs(server, personAt(staff, size.hubs, 0));
  const hospital = await signInAs(server, personAt(staff, 1, 0));
  for (const [who, client] of Object.entries({ admin, city, hospital })) {
    await measureLists(measured, who, client);
    await timed(measured, `facilities-${who}`, () => asked(client, 'facilities:list'));
    await timed(measured, `people-choices-${who}`, () => asked(client, 'people:choices'));
  }
  await measurePages(measured, { admin, hospital });
  await timed(measured, 'sign-in', (index) => signInAs(server, personAt(staff, 2, 10 + index)), SIGN_INS);
}

async function measureLists(measured: Measured, who: string, client: Client): Promise<void> {
  const { size, staff } = measured;
  const list = (query: Record<string, string>) =>
    asked(client, 'people:list', { query: { limit: String(LIMIT), ...query } }) as Promise<PeoplePage>;
  const { total } = await list({});
  const pages = { first: 1, middle: Math.ceil(total / LIMIT / 2), last: Math.ceil(total / LIMIT) };
  for (const sort of ['name', 'login', 'role', 'signed-in'])
    for (const [where, page] of Object.entries(pages))
      await timed(measured, `people-${who}-${sort}-${where}`, () => list({ sort, page: String(page) }), 30);
  await timed(measured, `people-${who}-descending`, () => list({ order: 'descending' }), 30);
  const facilityId = idOf('facility', who === 'hospital' ? 1 : size.hubs);
  const filters = {
    'of-facility': { facilityId },
    'of-role': { role: 'coordinator' },
    disabled: { state: 'disabled' },
    invited: { state: 'invited' },
    'of-facility-and-role': { facilityId, role: 'specialist' },
    surname: { search: '李' },
    name: { search: '李建国' },
    pinyin: { search: 'lijianguo' },
    initials: { search: 'ljg' },
    'one-letter': { search: 'l' },
    login: { search: loginOf(personAt(staff, who === 'hospital' ? 1 : size.hubs, 7)) },
    nobody: { search: NOBODY.name },
    'licence-valid': { licence: 'valid' },
    'licence-expiring': { licence: 'expiring' },
  };
  for (const [key, query] of Object.entries(filters))
    await timed(measured, `people-${who}-${key}`, () => list(query), 30);
}

async function measurePages(
  measured: Measured,
  { admin, hospital }: { admin: Client; hospital: Client },
): Promise<void> {
  const { server, size, staff } = measured;
  const personId = (index: number) => idOf('account', personAt(staff, 1, 2 + index));
  await timed(measured, 'person', (index) => asked(admin, 'person:read', { params: { accountId: personId(index) } }));
  await timed(measured, 'person-history', (index) =>
    asked(admin, 'person:history', { params: { accountId: personId(index) } }),
  );
  const params = { facilityId: idOf('facility', countyIndex(size, 0)) };
  await timed(measured, 'facility', () => asked(admin, 'facility:read', { params }));
  await timed(measured, 'facility-history', () => asked(admin, 'facility:history', { params }));
  await timed(measured, 'facility-names', () => asked(admin, 'facilities:search', { query: { q: '县人民' } }));
  const own = async ({ fetch }: Client) => {
    const answer = await fetch('/api/exports/people?format=csv&language=zh-CN');
    if (answer.status !== 200) throw new Error(`export: ${answer.status}`);
    await answer.arrayBuffer();
  };
  await timed(measured, 'export-of-hospital', () => own(hospital), 10);
  await timed(measured, 'export-of-all', () => own(admin), 1);
  const security = await signInAs(server, platformAt(staff, 'security-admin'));
  await timed(measured, 'acts-of-administrators', () => asked(security, 'administration-acts:list'));
}
