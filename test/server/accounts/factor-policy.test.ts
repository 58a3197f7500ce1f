import assert from 'node:assert/strict';
import type { RouteName, SecondFactorPolicy } from '../../../server/contract/index.ts';
import { routes } from '../../../server/contract/index.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { chinaDate } from '../../../server/patients/china-date.ts';
import { addPerson, enterPerson, PERSON_PASSWORD } from '../../support/add-person.ts';
import { agreeOnPolicy, enterTwoAdministrators, type TwoAdministrators } from '../../support/agree-on-policy.ts';
import { acceptWritten } from '../../support/case-journey.ts';
import { machineClient, signIn } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import { refusal } from '../../support/refusal.ts';
import { authenticator, setUpTotp } from '../../support/second-factor.ts';
import { addKey, named, proveBy } from '../../support/security-key.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { BODIES } from '../access/route-bodies.ts';

const DAY_S = 86_400;

describe('the platform’s rules for second factors', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let two: TwoAdministrators;
  let now = Date.now();
  before(async () => {
    server = await startServer({ clock: () => new Date(now) });
    two = await enterTwoAdministrators(server);
  });
  after(() => server?.close());
  const pass = (seconds: number) => {
    now += seconds * 1000;
  };
  const inDays = (days: number) => chinaDate(new Date(now + days * DAY_S * 1000));
  async function decide(change: Partial<SecondFactorPolicy>) {
    const value = { required: [], signingMinutes: null, ...change };
    const { policies } = await two.admin.call('policies:read');
    if (JSON.stringify(policies['second-factor'].value) !== JSON.stringify(value))
      await agreeOnPolicy(two, 'second-factor', value);
  }

  it('[AC14] leave whoever must have one, and has none, nothing but setting it up: over HTTP, in files and by the socket', async () => {
    await decide({ required: [{ role: 'surgeon', fromDay: inDays(0) }] });
    const { client, login, accountId } = await enterPerson(server, 'surgeon');
    const session = await client.call('session:read');
    assert.deepEqual(session.secondFactor, { mustSetUp: true, dueDay: inDays(0) });
    const id = '00000000-0000-4000-8000-000000000000';
    const params = Object.fromEntries(
      Object.values(routes).flatMap(({ path }) => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, id])),
    );
    for (const name of Object.keys(routes) as RouteName[]) {
      if (routes[name].access !== 'signed-in') continue;
      const { status, body } = await client.ask(name, { params, body: BODIES[name] ?? {} });
      assert.equal(status, 403, name);
      assert.equal((body as { reason?: string }).reason, 'second-factor-required', name);
    }
    for (const path of [
      '/dicomweb/studies',
      `/api/consultations/${id}/key-images/${'a'.repeat(64)}`,
      `/api/uploads/${id}`,
    ])
      assert.equal((await client.fetch(path)).status, 403, path);
    await assert.rejects(connect(server.url, client.cookie));
    const machine = await machineClient(server.url, login, PERSON_PASSWORD);
    assert.equal((await machine.fetch('/dicomweb/studies')).status, 403);

    const { app } = await setUpTotp(client, PERSON_PASSWORD, new Date(now));
    await client.call('work-list:count');
    await connect(server.url, client.cookie);
    pass(30);
    const proof = { kind: 'totp' as const, code: app.codeAt(new Date(now)) };
    const last = await refusal(client, 'totp:remove', {}, { password: PERSON_PASSWORD, proof });
    assert.equal(last.short, 'conflict/second-factor-last');
    await client.call('work-list:count');
    // Taken off by an administrator, the rule holds at once.
    await two.admin.call('person:reset-factor', { params: { accountId }, body: { reason: '手机丢失' } });
    const again = await signIn(server.url, login, PERSON_PASSWORD);
    assert.equal((await again.ask('work-list:count')).status, 403);
  });

  it('[AC14] say until when there is time, put nobody out who is signed in, and leave demo accounts alone', async () => {
    const { client, login } = await enterPerson(server, 'physician');
    await decide({ required: [{ role: 'physician', fromDay: inDays(1) }] });
    assert.deepEqual((await client.call('session:read')).secondFactor, { mustSetUp: false, dueDay: inDays(1) });
    const window = await connect(server.url, client.cookie);
    await decide({ required: [{ role: 'physician', fromDay: inDays(0) }] });
    // Within the same day a session that was open before the rule is opened on that day: it is asked at once.
    assert.equal((await client.call('session:read')).secondFactor.mustSetUp, true);
    await decide({ required: [{ role: 'physician', fromDay: inDays(1) }] });
    window.close();
    const again = await signIn(server.url, login, PERSON_PASSWORD);
    await again.call('work-list:count');
    await (await server.signIn('county-doctor')).call('work-list:count');
    await decide({});
  });

  it('[RP11] ask for it again before signing, where it was shown too long ago or never', async () => {
    const { facilityId } = demoFacilities.province;
    const person = await addPerson(server.database, 'specialist', facilityId);
    const specialist = await signIn(server.url, person.login, PERSON_PASSWORD);
    const { consultationId } = await acceptWritten(await server.signIn('county-doctor'), specialist);
    const params = { consultationId };
    const opinion = { findings: '右肺下叶见一实性结节。', diagnosis: [{ code: 'R91', display: '肺结节' }] };
    const draft = { ...opinion, recommendations: [], keyImages: [], version: 0 };
    const { version } = await specialist.call('opinion:save', { params, body: draft });
    const body = { version, password: PERSON_PASSWORD };
    const refused = async () => (await refusal(specialist, 'report:sign', params, body)).short;
    await decide({ signingMinutes: 5 });
    assert.equal(await refused(), 'conflict/second-factor-missing');
    const { app } = await setUpTotp(specialist, PERSON_PASSWORD, new Date(now));
    pass(5 * 60 + 1);
    assert.equal(await refused(), 'conflict/second-factor-stale');
    const proof = { kind: 'totp' as const, code: app.codeAt(new Date(now)) };
    const { key } = await addKey(named(specialist), PERSON_PASSWORD, { proof });
    pass(5 * 60 + 1);
    assert.equal(await refused(), 'conflict/second-factor-stale');
    const byKey = await proveBy(key, named(specialist), 'proof');
    await named(specialist).call('second-factor:prove', { body: { proof: byKey } });
    const replayed = await refusal(named(specialist), 'second-factor:prove', {}, { proof: byKey });
    assert.equal(replayed.short, 'forbidden/security-key-wrong');
    pass(5 * 60 + 1);
    const prove = (code: string) => ({ proof: { kind: 'totp' as const, code } });
    const wrong = await refusal(specialist, 'second-factor:prove', {}, prove('000000'));
    assert.equal(wrong.short, 'forbidden/code-wrong');
    assert.equal(await refused(), 'conflict/second-factor-stale');
    await specialist.call('second-factor:prove', { body: prove(authenticator(app.secret).codeAt(new Date(now))) });
    assert.equal((await specialist.call('report:sign', { params, body })).signatureValid, true);
    await decide({});
  });
});
