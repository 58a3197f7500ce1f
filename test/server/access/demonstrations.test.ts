import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { GrantBasis } from '../../../server/contract/index.ts';
import type { Demonstration } from '../../../server/demonstrations/demonstration.ts';
import { enterPerson } from '../../support/add-person.ts';
import { readTable, statusesOf } from '../../support/administration-table.ts';
import type { Client } from '../../support/client.ts';
import {
  askCheck,
  type DemonstrationWorld,
  type Entered,
  enrolIn,
  FOREIGN,
  HOME,
  INVITED,
  openDemonstrationWorld,
  placeDemonstration,
  placeRecording,
} from '../../support/demonstration-world.ts';
import { uploadFile } from '../../support/images.ts';
import { pngByHand } from '../../support/photograph-by-hand.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { HOUR_MS, TRIALS, type Trial } from './demonstration-trials.ts';

const TABLE = 'DEMONSTRATIONS.md';

describe('who may do what with a demonstration, as the text has it', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let world: DemonstrationWorld;
  /** Enrolled in each that is tried, where it has come that far. */
  let enrolled: Entered;
  let materialId: string;
  const columns: Record<string, Client[]> = {};

  before(async () => {
    server = await startServer({ isHallReady: () => true });
    world = await openDemonstrationWorld(server);
    enrolled = await enterPerson(server, 'physician', INVITED);
    const { surgeon, coordinator, theatre, ethics, moderator, deputy, advocate, nurse, expert, watcher } = world;
    const enter = async (role: Parameters<typeof enterPerson>[1], facilityId: string) =>
      (await enterPerson(server, role, facilityId)).client;
    Object.assign(columns, {
      surgeon: [surgeon],
      'own coordinator': [coordinator],
      'theatre signer': [theatre.client],
      'ethics signer': [ethics.client],
      moderator: [moderator.client],
      deputy: [deputy.client],
      advocate: [advocate.client],
      nurse: [nurse.client],
      expert: [expert.client],
      'invited watcher': [watcher.client, await server.signIn('trainee'), await enter('specialist', INVITED)],
      'enrolled watcher': [enrolled.client],
      'coordinator of an invited facility': [await server.signIn('county-coordinator')],
      'colleague of the surgeon, not invited': [await enter('surgeon', HOME), await server.signIn('specialist')],
      'anybody of a foreign facility': [
        await enter('surgeon', FOREIGN),
        await enter('coordinator', FOREIGN),
        await enter('trainee', FOREIGN),
      ],
      'administrator of somebody enrolled': [await enter('facility-admin', INVITED)],
      'administrator of its facility': [await enter('facility-admin', HOME)],
      'another facility administrator': [await enter('facility-admin', FOREIGN)],
      "the platform's three": await Promise.all(['admin', 'security-admin', 'auditor'].map(server.signIn)),
    });
    await letIntoCase();
    materialId = await attach();
  });
  after(() => server?.close());

  /** All in a seat see the case, so that a refusal is about the seat. */
  async function letIntoCase(): Promise<void> {
    const { theatre, ethics, moderator, deputy, advocate, nurse, expert, surgeonId } = world;
    const give = async (accountId: string, facilityId: string, basis: GrantBasis) =>
      server.database.write(({ consultations }) =>
        consultations.insertGrants([
          {
            grantId: randomUUID(),
            consultationId: world.consultationId,
            accountId,
            facilityId,
            basis,
            fromAt: '2026-01-01T00:00:00.000Z',
            endedAt: null,
            endedBy: null,
            endReason: null,
          },
        ]),
      );
    for (const one of [theatre, ethics, moderator, advocate, nurse, expert])
      await give(one.accountId, one.facilityId, 'invitation');
    await give(deputy.accountId, deputy.facilityId, 'coordination');
    await give(surgeonId, HOME, 'invitation');
  }

  async function attach(): Promise<string> {
    const { doctor, consultationId } = world;
    await uploadFile(doctor, consultationId, await pngByHand({ bare: true }));
    const { materials } = await doctor.call('consultation:read', { params: { consultationId } });
    return materials.find(({ kind }) => kind === 'documents')?.materialId ?? assert.fail();
  }

  it('[DM2] is what every cell of the table says, over the network', async () => {
    const rows = await readTable(TABLE, 'act');
    assert.deepEqual([...rows.keys()].sort(), Object.keys(TRIALS).sort());
    const wrong: string[] = [];
    for (const [act, row] of rows) {
      const trial = TRIALS[act];
      assert.ok(trial, act);
      assert.deepEqual(Object.keys(row).sort(), Object.keys(columns).sort());
      for (const [column, word] of Object.entries(row))
        for (const client of columns[column] ?? []) {
          const demonstration = await place(trial);
          const { demonstrationId } = demonstration;
          const { status } = await client.ask(trial.name, {
            params: { demonstrationId, materialId, accountId: enrolled.accountId, checkId: demonstrationId },
            body: trial.body?.(demonstration) ?? {},
            query: trial.query ?? {},
          });
          if (!statusesOf(word).includes(status)) wrong.push(`${act}, ${column}: ${status}, not ${word}`);
        }
    }
    assert.deepEqual(wrong, []);
  });

  async function place({ name, state, changes = {} }: Trial): Promise<Demonstration> {
    const shown = { materialId, listedBy: world.surgeonId, checkedBy: null, checkedAt: null, checkedCount: 0 };
    const isAboutOne = name === 'demonstration:check-material' || name === 'demonstration:withdraw-check';
    const materials = isAboutOne ? { materials: [shown] } : {};
    const demonstration = await placeDemonstration(world, state, { ...changes, ...materials });
    if (!['planned', 'approved'].includes(state)) await enrolIn(world, demonstration.demonstrationId, enrolled);
    if (/replay|stop-recording|key-images/.test(name)) await placeRecording(server, demonstration.demonstrationId);
    if (name === 'demonstration:correct-credit') await assess(demonstration);
    if (name === 'demonstration:answer-check') await askCheck(server, demonstration.demonstrationId);
    return demonstration;
  }

  const assess = ({ demonstrationId }: Demonstration) =>
    server.database.write(({ credits }) =>
      credits.insertAssessed([
        {
          ...{ demonstrationId, accountId: enrolled.accountId, facilityId: INVITED },
          ...{ presentS: 3600, checksAsked: 0, checksAnswered: 0, qualifies: false },
        },
      ]),
    );

  it('[DM2] lists and beginnings are for whom the text says', async () => {
    const rows = await readTable(TABLE, 'list');
    const people: Record<string, Client[]> = {
      surgeon: columns['surgeon'] ?? [],
      coordinator: columns['own coordinator'] ?? [],
      'physician, specialist': [world.doctor, world.ethics.client],
      trainee: [world.watcher.client],
      'facility administrator': columns['another facility administrator'] ?? [],
      "the platform's three": columns["the platform's three"] ?? [],
    };
    const surgeonId = world.surgeonId;
    const ask: Record<string, (client: Client, column: string) => Promise<{ status: number }>> = {
      'demonstration:create': (client, column) =>
        client.ask('demonstration:create', { body: column === 'coordinator' ? { surgeonId } : {} }),
      'demonstration-choices:search': (client) => client.ask('demonstration-choices:search', { query: { q: '周' } }),
    };
    for (const desk of ['own', 'watch', 'people'])
      ask[`demonstrations:list (${desk})`] = (client) =>
        client.ask('demonstrations:list', { query: { desk, when: 'soon' } });
    const wrong: string[] = [];
    assert.deepEqual([...rows.keys()].sort(), Object.keys(ask).sort());
    for (const [what, row] of rows)
      for (const [column, word] of Object.entries(row)) {
        assert.ok(people[column]?.length, column);
        for (const client of people[column] ?? []) {
          const { status } = (await ask[what]?.(client, column)) ?? { status: 0 };
          if (!statusesOf(word).includes(status)) wrong.push(`${what}, ${column}: ${status}, not ${word}`);
        }
      }
    assert.deepEqual(wrong, []);
  });

  it('[DM2] lists hold what one organizes, sits in, may watch, or whose people are in it, and nothing else', async () => {
    // Before all that the other tests have placed: a list has pages.
    const startsAt = new Date(Date.now() - HOUR_MS / 2).toISOString();
    const mine = await placeDemonstration(world, 'enrolling', { startsAt });
    const planned = await placeDemonstration(world, 'planned', { startsAt, title: '尚未公布' });
    const audience = [{ kind: 'facility' as const, id: FOREIGN }];
    const elsewhere = await placeDemonstration(world, 'enrolling', { startsAt, audience });
    await enrolIn(world, mine.demonstrationId, enrolled);
    const idsOf = async (client: Client, desk: string) => {
      const page = await client.call('demonstrations:list', { query: { desk, when: 'soon' } });
      return new Set(page.lines.map(({ demonstrationId }) => demonstrationId));
    };
    const all = [mine, planned, elsewhere].map(({ demonstrationId }) => demonstrationId);
    const has = (ids: Set<string>) => all.map((id) => ids.has(id));
    assert.deepEqual(has(await idsOf(world.surgeon, 'own')), [true, true, true]);
    assert.deepEqual(has(await idsOf(world.coordinator, 'own')), [true, true, true]);
    assert.deepEqual(has(await idsOf(world.moderator.client, 'own')), [true, true, true]);
    assert.deepEqual(has(await idsOf(world.watcher.client, 'own')), [false, false, false]);
    assert.deepEqual(has(await idsOf(world.watcher.client, 'watch')), [true, false, false], 'invited to one');
    const [colleague] = columns['colleague of the surgeon, not invited'] ?? [];
    assert.ok(colleague);
    assert.deepEqual(has(await idsOf(colleague, 'own')), [false, false, false]);
    assert.deepEqual(has(await idsOf(colleague, 'watch')), [false, false, false]);
    const [administrator] = columns['administrator of somebody enrolled'] ?? [];
    const [other] = columns['another facility administrator'] ?? [];
    assert.ok(administrator && other);
    assert.deepEqual(has(await idsOf(administrator, 'people')), [true, false, false]);
    assert.deepEqual(has(await idsOf(other, 'people')), [false, false, false]);
  });
});
