import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { MachineScope, MadeMachine, RouteName } from '../../../server/contract/index.ts';
import { routes } from '../../../server/contract/index.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { enterPerson } from '../../support/add-person.ts';
import { draftCase } from '../../support/case-journey.ts';
import { type Client, createClient } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import { readData } from '../../support/data.ts';
import { newDemoDatabase } from '../../support/demo-network.ts';
import { CT_SERIES, listData, stow } from '../../support/images.ts';
import { refusal } from '../../support/refusal.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const DAY_S = 86_400;
const COUNTY: string = demoFacilities.county.facilityId;
const PROVINCE: string = demoFacilities.province.facilityId;

for (const databaseName of ['SQLite', 'MariaDB'])
  describe(`machines that use an archive with a token of their own, on ${databaseName}`, function () {
    this.timeout(240_000);
    let server: RunningServer;
    let admin: Client;
    let now = Date.now();
    let study: string;
    before(async () => {
      const databaseUrl = databaseName === 'MariaDB' ? await newDemoDatabase() : undefined;
      server = await startServer({
        clock: () => new Date(now),
        ...(databaseUrl === undefined ? {} : { databaseUrl }),
      });
      admin = (await enterPerson(server, 'admin')).client;
    });
    after(() => server?.close());
    const pass = (seconds: number) => {
      now += seconds * 1000;
    };

    /** By the facility's own administrator; where it reads, another one has confirmed it. */
    async function make(scopes: MachineScope[], { facilityId = COUNTY, days = 30, name = '放射科网关' } = {}) {
      const [maker, second] = [
        await enterPerson(server, 'facility-admin', facilityId),
        await enterPerson(server, 'facility-admin', facilityId),
      ];
      const made = await maker.client.call('machine:make', { body: { facilityId, name, scopes, days } });
      const params = { machineId: made.machine.machineId };
      if (!scopes.includes('archive:read')) return made;
      return { ...made, machine: await second.client.call('machine:confirm', { params }) };
    }
    /** As a machine sends it. */
    function machineOf({ token }: Pick<MadeMachine, 'token'>): Client {
      const authorization = `Bearer ${token}`;
      return {
        ...createClient(server.url, ''),
        fetch: (path, init = {}) =>
          fetch(`${server.url}${path}`, {
            ...init,
            headers: { ...Object.fromEntries(new Headers(init.headers)), authorization },
          }),
      };
    }
    const statusOf = async (machine: Client, path: string, init?: RequestInit) =>
      (await machine.fetch(path, init)).status;
    const slice = async () => {
      const [first = ''] = await listData(CT_SERIES);
      return readData(first);
    };

    it('[MA1] each scope opens its routes of the own archive and no others', async () => {
      const writer = machineOf(await make(['archive:write']));
      const reader = machineOf(await make(['archive:read']));
      const both = machineOf(await make(['archive:read', 'archive:write']));
      assert.equal((await stow(reader, [await slice()])).status, 403);
      const stored = await stow(writer, [await slice()]);
      assert.equal(stored.status, 200);
      const answer = (await stored.json()) as Record<string, { Value?: string[] }>;
      study = new URL(answer['00081190']?.Value?.[0] ?? '').pathname;
      const instances = (await (await reader.fetch(`${study}/instances`)).json()) as Record<
        string,
        { Value: string[] }
      >[];
      const series = `${study}/series/${instances[0]?.['0020000E']?.Value[0]}`;
      const instance = `${series}/instances/${instances[0]?.['00080018']?.Value[0]}`;
      const reads = [
        '/dicomweb/studies',
        '/dicomweb/series',
        '/dicomweb/instances',
        `${study}/series`,
        `${study}/instances`,
        `${series}/instances`,
        study,
        series,
        instance,
        `${study}/metadata`,
        `${series}/metadata`,
        `${instance}/metadata`,
        `${instance}/rendered`,
        `${instance}/frames/1`,
        `${instance}/frames/1/rendered`,
        `${instance}/bulkdata/7FE00010`,
      ];
      for (const path of reads) {
        assert.equal(await statusOf(reader, path), 200, path);
        assert.equal(await statusOf(both, path), 200, path);
        const refused = await writer.fetch(path);
        assert.deepEqual(
          [refused.status, ((await refused.json()) as { reason: string }).reason],
          [403, 'machine-scope'],
          path,
        );
      }
      assert.equal((await stow(both, [await slice()], study)).status, 200);
      assert.equal((await stow(reader, [await slice()], study)).status, 403);
    });

    it('[MA2] it reads its own facility’s archive alone: another’s, and any case, is not there', async () => {
      const foreign = machineOf(await make(['archive:read', 'archive:write'], { facilityId: PROVINCE }));
      assert.equal(await statusOf(foreign, study), 404);
      assert.equal(await statusOf(foreign, `${study}/metadata`), 404);
      const listed = await foreign.fetch('/dicomweb/studies');
      const found = listed.status === 204 ? [] : ((await listed.json()) as Record<string, { Value: string[] }>[]);
      assert.ok(found.every((one) => !study.endsWith(one['0020000D']?.Value[0] ?? '')));
      const own = machineOf(await make(['archive:read', 'archive:write']));
      // Of the same hospital: a case is people's all the same.
      const { consultationId } = await draftCase(await server.signIn('county-doctor'));
      for (const path of [`/dicomweb/consultations/${consultationId}/studies`]) {
        assert.equal(await statusOf(own, path), 404, path);
        assert.equal((await stow(own, [await slice()], path)).status, 404, path);
      }
    });

    it('[MA3] its token opens no other route and no socket, and is no cookie; a person’s token is no machine’s', async () => {
      const { token } = await make(['archive:read', 'archive:write']);
      const machine = machineOf({ token });
      const id = randomUUID();
      for (const [name, { method, path, access }] of Object.entries(routes) as [
        RouteName,
        (typeof routes)[RouteName],
      ][]) {
        if (access === 'anyone') continue;
        const address = path.replace(/:\w+/g, id);
        assert.equal(await statusOf(machine, address, { method }), 401, name);
      }
      for (const path of [`/api/uploads/${id}`, `/api/agreements/${id}/signed-copy`])
        assert.equal(await statusOf(machine, path), 401, path);
      await assert.rejects(connect(server.url, '', { token }));
      const byCookie = await fetch(`${server.url}/dicomweb/studies`, { headers: { cookie: `huizhen=${token}` } });
      assert.equal(byCookie.status, 401);
      const unknown = machineOf({ token: `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}` });
      assert.equal(await statusOf(unknown, '/dicomweb/studies'), 401);
    });

    it('[MA4] it ends with its day, is revoked at once, and rests while its facility is closed', async () => {
      const made = await make(['archive:read'], { days: 1 });
      const machine = machineOf(made);
      assert.equal(await statusOf(machine, '/dicomweb/studies'), 200);
      pass(DAY_S - 1);
      assert.equal(await statusOf(machine, '/dicomweb/studies'), 200);
      pass(1);
      const late = await machine.fetch('/dicomweb/studies');
      assert.deepEqual([late.status, ((await late.json()) as { reason: string }).reason], [401, 'machine-expired']);
      // Those who administer signed in a day ago.
      admin = (await enterPerson(server, 'admin')).client;
      const next = await make(['archive:read']);
      const { machineId } = next.machine;
      assert.equal(await statusOf(machineOf(next), '/dicomweb/studies'), 200);
      const revoked = await admin.call('machine:revoke', { params: { machineId } });
      assert.deepEqual([revoked.state, revoked.mayRevoke], ['revoked', false]);
      assert.equal(await statusOf(machineOf(next), '/dicomweb/studies'), 401);
      const again = await refusal(admin, 'machine:revoke', { machineId });
      assert.equal(again.short, 'conflict/state-not-allowed');

      const facilityId = randomUUID();
      await server.database.write(({ facilities }) =>
        facilities.insert({ facilityId, name: '旧卫生院', tier: 'township', region6: '230125', specialties: [] }),
      );
      const there = await make(['archive:read'], { facilityId });
      assert.equal(await statusOf(machineOf(there), '/dicomweb/studies'), 204);
      const { version } = await admin.call('facility:read', { params: { facilityId } });
      const { version: closed } = await admin.call('facility:close', {
        params: { facilityId },
        body: { version, reason: '撤并' },
      });
      assert.equal(await statusOf(machineOf(there), '/dicomweb/studies'), 401);
      const body = { facilityId, name: '网关', scopes: ['archive:write'], days: 1 };
      assert.equal((await refusal(admin, 'machine:make', {}, body)).short, 'conflict/facility-closed');
      await admin.call('facility:reopen', { params: { facilityId }, body: { version: closed } });
      assert.equal(await statusOf(machineOf(there), '/dicomweb/studies'), 204);
    });

    it('[MA5] it is shown once, kept as a hash, and listed with who made it and when it was used', async () => {
      const { token, machine } = await make(['archive:read'], { name: '名称 𠮷' });
      assert.deepEqual([machine.name, machine.usedAt, machine.state], ['名称 𠮷', null, 'active']);
      await machineOf({ token }).fetch('/dicomweb/studies');
      const listed = (await admin.call('machines:list')).find((one) => one.machineId === machine.machineId);
      assert.ok(listed);
      assert.equal(listed.usedAt, new Date(now).toISOString());
      assert.equal(listed.madeBy, '钱一');
      assert.ok(!JSON.stringify(listed).includes(token));
      const kept = JSON.stringify([
        await server.database.query('SELECT * FROM machine'),
        await server.database.read.audit.list({ limit: 200 }),
      ]);
      assert.ok(kept.includes(machine.machineId) && !kept.includes(token));
      for (const days of [0, 367]) {
        const body = { facilityId: COUNTY, name: '网关', scopes: ['archive:read'], days };
        assert.equal((await refusal(admin, 'machine:make', {}, body)).status, 400);
      }
    });

    it('[MA6] what it reads and stores stands under its name in both trails, as does who made and revoked it', async () => {
      const made = await make(['archive:read', 'archive:write'], { name: '超声工作站' });
      const machine = machineOf(made);
      const { machineId } = made.machine;
      const before = await machine.fetch(study);
      assert.equal(before.status, 200);
      await before.arrayBuffer();
      const [, second = ''] = await listData(CT_SERIES);
      assert.equal((await stow(machine, [await readData(second)])).status, 200);
      await machine.fetch('/dicomweb/studies');
      await admin.call('machine:revoke', { params: { machineId } });
      const auditor = (await enterPerson(server, 'auditor')).client;
      const reads = await auditor.call('audit:accesses', { query: { actorId: machineId } });
      assert.deepEqual([...new Set(reads.map((one) => `${one.subjectKind} ${one.basis} ${one.actorName}`))].sort(), [
        'archive own-archive 超声工作站',
        'study own-archive 超声工作站',
      ]);
      const acts = await auditor.call('audit:list');
      const about = acts.filter((one) => one.subjectId === machineId && one.subjectKind === 'machine');
      assert.deepEqual(about.map(({ action }) => action).sort(), ['machine:confirm', 'machine:make', 'machine:revoke']);
      const own = acts.filter((one) => one.actorId === machineId);
      assert.ok(own.length > 0 && own.every(({ actorName }) => actorName === '超声工作站'));
      assert.ok((await auditor.call('audit:verify')).valid);
    });

    it('[MA1] an address that tries tokens is stopped, without a word on whether one of them is right', async () => {
      const right = machineOf(await make(['archive:read']));
      const statuses = new Set<number>();
      for (let guess = 0; guess < 60; guess += 1)
        statuses.add(await statusOf(machineOf({ token: `hzm_${'A'.repeat(42)}${guess % 10}` }), '/dicomweb/studies'));
      assert.deepEqual([...statuses].sort(), [401, 429]);
      // The hospital’s own machine behind the same address goes on.
      assert.equal(await statusOf(right, '/dicomweb/studies'), 200);
    });
  });
