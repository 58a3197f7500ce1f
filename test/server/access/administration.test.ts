import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { demoFacilityId } from '../../../server/demo/facilities.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { addAdministrator } from '../../support/add-administrator.ts';
import { readAdministrationTable, statusesOf } from '../../support/administration-table.ts';
import type { Answer, Client } from '../../support/client.ts';
import { facilityDraft, PDF, placeAgreement, placeFacility, sendCopy, UNSIGNED } from '../../support/facility-world.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const OWN = demoFacilities.county.facilityId;
const ABOVE = demoFacilityId(11);
const FOREIGN = demoFacilityId(12);
/** Another one that the facility's administrator has nothing to do with: the other side of agreements. */
const ELSEWHERE = demoFacilityId(25);
const OTHERS = [
  'county-doctor',
  'county-coordinator',
  'specialist',
  'coordinator',
  'surgeon',
  'trainee',
  'security-admin',
  'auditor',
];

const PROGRAM = { name: '网关', scopes: ['archive:write' as const], days: 30 };

describe('who may administer what, as the text for lawyers has it', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let platform: Client;
  let administrator: Client;
  const others: Client[] = [];

  before(async () => {
    server = await startServer();
    platform = await server.signIn('admin');
    administrator = (await addAdministrator(server)).client;
    for (const account of OTHERS) others.push(await server.signIn(account));
  });
  after(() => server?.close());

  const draftOf = (facilityId: string) => placeAgreement(server, facilityId, ELSEWHERE, { signatures: UNSIGNED });
  const validOf = (facilityId: string) => placeAgreement(server, facilityId, ELSEWHERE);
  async function allianceOf(hubId: string): Promise<string> {
    const allianceId = randomUUID();
    const days = { fromDay: '2026-01-01', toDay: null };
    const one = {
      allianceId,
      name: '胸痛联盟',
      kind: 'specialty-alliance' as const,
      hubId,
      ...days,
      members: [],
      referrals: [],
    };
    await server.database.write((stores) =>
      stores.facilities.insertAlliance({ ...one, version: 1, changedAt: new Date().toISOString() }),
    );
    return allianceId;
  }
  const EMPTY_TERMS = {
    fromDay: '2027-01-01',
    toDay: '2027-12-31',
    services: [],
    responseTimes: {
      emergency: { acceptMin: null, answerMin: null },
      urgent: { acceptMin: null, answerMin: null },
      routine: { acceptMin: null, answerMin: null },
    },
    liabilityText: '',
    version: 1,
  };

  /** What each row does with one facility. */
  const ACTS: Record<string, (client: Client, facilityId: string) => Promise<Pick<Answer<unknown>, 'status'>>> = {
    'facility:read': (client, facilityId) => client.ask('facility:read', { params: { facilityId } }),
    async 'facility:save'(client, facilityId) {
      const { version } = await platform.call('facility:read', { params: { facilityId } });
      const body = { ...facilityDraft({ name: `机构 ${facilityId.slice(0, 8)}` }), version };
      return client.ask('facility:save', { params: { facilityId }, body });
    },
    'facility:history': (client, facilityId) => client.ask('facility:history', { params: { facilityId } }),
    'facility:create (below it)': (client, parentId) =>
      client.ask('facility:create', { body: { ...facilityDraft(), parentId } }),
    async "facility:move (it, to one's own)"(client, facilityId) {
      const { version } = await platform.call('facility:read', { params: { facilityId } });
      return client.ask('facility:move', { params: { facilityId }, body: { version, parentId: OWN } });
    },
    async 'facility:close'(client, facilityId) {
      const { version } = await platform.call('facility:read', { params: { facilityId } });
      return client.ask('facility:close', { params: { facilityId }, body: { version, reason: '撤并' } });
    },
    async 'facility:reopen'(client, facilityId) {
      const { version } = await platform.call('facility:read', { params: { facilityId } });
      const params = { facilityId };
      const isFresh = ![OWN, ABOVE, FOREIGN, demoFacilities.province.facilityId].includes(facilityId);
      const closed = isFresh && (await platform.call('facility:close', { params, body: { version, reason: '装修' } }));
      return client.ask('facility:reopen', { params, body: { version: closed ? closed.version : version } });
    },
    async "facility:merge (it, into one's own)"(client, facilityId) {
      const { version } = await platform.call('facility:read', { params: { facilityId } });
      return client.ask('facility:merge', { params: { facilityId }, body: { version, intoId: OWN, reason: '合并' } });
    },
    'agreement:create (for it)': (client, invitingFacilityId) =>
      client.ask('agreement:create', { body: { invitingFacilityId, invitedFacilityId: ELSEWHERE } }),
    'agreement:read': async (client, id) =>
      client.ask('agreement:read', { params: { agreementId: await validOf(id) } }),
    'agreement:history': async (client, id) =>
      client.ask('agreement:history', { params: { agreementId: await validOf(id) } }),
    'agreement:save': async (client, id) =>
      client.ask('agreement:save', { params: { agreementId: await draftOf(id) }, body: EMPTY_TERMS }),
    'agreement:put-copy': async (client, id) => sendCopy(client, await draftOf(id), 1),
    async 'agreement:read-copy'(client, id) {
      const agreementId = await draftOf(id);
      await sendCopy(platform, agreementId, 1);
      const answer = await client.fetch(`/api/agreements/${agreementId}/signed-copy`);
      if (answer.ok) assert.deepEqual(Buffer.from(await answer.arrayBuffer()), PDF);
      return answer;
    },
    async 'agreement:sign (for its side)'(client, id) {
      // A facility of its own each time: two valid ones of the same sides would be refused for that.
      const elsewhere = await placeFacility(server, FOREIGN);
      const agreementId = await placeAgreement(server, id, elsewhere, { signatures: UNSIGNED });
      await sendCopy(platform, agreementId, 1);
      return client.ask('agreement:sign', { params: { agreementId }, body: { version: 2, side: 'inviting' } });
    },
    'agreement:end': async (client, id) =>
      client.ask('agreement:end', {
        params: { agreementId: await validOf(id) },
        body: { version: 1, reason: '到期前终止' },
      }),
    'agreement:renew': async (client, id) =>
      client.ask('agreement:renew', { params: { agreementId: await validOf(id) } }),
    'agreement:discard': async (client, id) =>
      client.ask('agreement:discard', { params: { agreementId: await draftOf(id) } }),
    'machine:make (for it, to store)': (client, facilityId) =>
      client.ask('machine:make', { body: { ...PROGRAM, facilityId } }),
    'machine:make (for it, to read)': (client, facilityId) =>
      client.ask('machine:make', { body: { ...PROGRAM, scopes: ['archive:read'], facilityId } }),
    async 'machine:revoke'(client, facilityId) {
      const { machine } = await platform.call('machine:make', { body: { ...PROGRAM, facilityId } });
      return client.ask('machine:revoke', { params: { machineId: machine.machineId } });
    },
    'alliance:create (with it as hub)': (client, hubId) =>
      client.ask('alliance:create', {
        body: { hubId, name: '联盟', kind: 'medical-community', fromDay: '2026-01-01' },
      }),
    'alliance:read': async (client, id) =>
      client.ask('alliance:read', { params: { allianceId: await allianceOf(id) } }),
    'alliance:history': async (client, id) =>
      client.ask('alliance:history', { params: { allianceId: await allianceOf(id) } }),
    'alliance:save': async (client, id) =>
      client.ask('alliance:save', {
        params: { allianceId: await allianceOf(id) },
        body: {
          name: '联盟',
          kind: 'medical-community',
          fromDay: '2026-01-01',
          toDay: null,
          members: [],
          referrals: [],
          version: 1,
        },
      }),
  };

  it('[FA1] is what every cell of the table says, over the network', async () => {
    const rows = await readAdministrationTable('act');
    assert.deepEqual([...rows.keys()].sort(), Object.keys(ACTS).sort());
    const wrong: string[] = [];
    for (const [act, row] of rows) {
      const perform = ACTS[act];
      assert.ok(perform, act);
      const look = async (who: string, column: string, client: Client, facilityId: string) => {
        const { status } = await perform(client, facilityId);
        if (!statusesOf(row[column]).includes(status)) wrong.push(`${act}, ${who}, ${column}: ${status}`);
      };
      await look('platform', 'platform: any', platform, await placeFacility(server, FOREIGN));
      await look('administrator', 'own', administrator, OWN);
      await look('administrator', 'above', administrator, ABOVE);
      await look('administrator', 'below', administrator, await placeFacility(server, demoFacilityId(31)));
      await look('administrator', 'foreign', administrator, FOREIGN);
      for (const [index, client] of others.entries()) {
        const account = OTHERS[index] ?? '';
        const home = account.startsWith('county') || account === 'trainee' ? OWN : demoFacilities.province.facilityId;
        await look(account, 'everybody else', client, home);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('[FA1] lists hold what one administers and nothing else', async () => {
    const rows = await readAdministrationTable('list');
    assert.deepEqual([...rows.keys()].length, 5);
    const below = await placeFacility(server, demoFacilityId(31));
    const lines = await administrator.call('facilities:list');
    const ids = new Set(lines.map(({ facilityId }) => facilityId));
    assert.ok(ids.has(OWN) && ids.has(below));
    for (const id of [ABOVE, FOREIGN, demoFacilities.province.facilityId]) assert.ok(!ids.has(id), id);
    const all = await platform.call('facilities:list');
    assert.ok(all.length > lines.length && all.some(({ facilityId }) => facilityId === FOREIGN));

    const foreign = await placeAgreement(server, FOREIGN, ELSEWHERE);
    const own = await placeAgreement(server, below, ELSEWHERE);
    const agreements = async (client: Client) =>
      (await client.call('agreements:list', { query: { pageSize: '200' } })).agreements.map((one) => one.agreementId);
    assert.ok((await agreements(administrator)).includes(own));
    assert.ok(!(await agreements(administrator)).includes(foreign));
    assert.ok((await agreements(platform)).includes(foreign));

    const alliance = await allianceOf(FOREIGN);
    const alliances = async (client: Client) => (await client.call('alliances:list')).map((one) => one.allianceId);
    assert.ok(!(await alliances(administrator)).includes(alliance));
    assert.ok((await alliances(platform)).includes(alliance));
    const programOf = async (facilityId: string) =>
      (await platform.call('machine:make', { body: { ...PROGRAM, facilityId } })).machine.machineId;
    const programs = async (client: Client) => (await client.call('machines:list')).map((one) => one.machineId);
    const [program, foreignProgram] = [await programOf(below), await programOf(FOREIGN)];
    assert.ok((await programs(administrator)).includes(program));
    assert.ok(!(await programs(administrator)).includes(foreignProgram));
    assert.ok((await programs(platform)).includes(foreignProgram));
    for (const [index, client] of others.entries())
      for (const name of ['facilities:list', 'agreements:list', 'alliances:list', 'machines:list'] as const) {
        // Those of their own facility, to be the second of the two.
        if (name === 'machines:list' && OTHERS[index]?.endsWith('coordinator')) continue;
        assert.equal((await client.ask(name)).status, 403, name);
      }
  });

  it('[FA1] the other side of an agreement is not signed for, and the top of the tree is the platform’s', async () => {
    const agreementId = await draftOf(OWN);
    await sendCopy(administrator, agreementId, 1);
    const body = { version: 2, side: 'invited' };
    assert.equal((await administrator.ask('agreement:sign', { params: { agreementId }, body })).status, 403);
    assert.equal(
      (await administrator.ask('facility:create', { body: { ...facilityDraft(), parentId: null } })).status,
      404,
    );
    assert.equal((await platform.ask('facility:create', { body: { ...facilityDraft(), parentId: null } })).status, 201);
  });

  it('[AL1] a member’s administrator sees an alliance and changes nothing of it', async () => {
    const allianceId = await allianceOf(FOREIGN);
    const params = { allianceId };
    const { draft, version } = await platform.call('alliance:read', { params });
    const members = [{ facilityId: OWN, fromDay: '2026-01-01', toDay: null }];
    const saved = await platform.call('alliance:save', { params, body: { ...draft, members, version } });
    assert.deepEqual((await administrator.call('alliance:read', { params })).actions, []);
    const body = { ...saved.draft, name: '别的名称', version: saved.version };
    assert.equal((await administrator.ask('alliance:save', { params, body })).status, 403);
    const referrals = [
      { fromId: OWN, toId: ELSEWHERE, kinds: ['outpatient'] },
      { fromId: OWN, toId: OWN, kinds: ['outpatient'] },
    ];
    for (const referral of referrals) {
      const answer = await platform.ask('alliance:save', { params, body: { ...body, referrals: [referral] } });
      assert.equal(answer.status, 400);
      assert.deepEqual((answer.body as { fields: string[] }).fields, ['referrals']);
    }
  });
});
