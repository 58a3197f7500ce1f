import assert from 'node:assert/strict';
import { demoFacilities } from '../../../server/demo/network.ts';
import { enterPerson, PERSON_PASSWORD } from '../../support/add-person.ts';
import { acceptWritten } from '../../support/case-journey.ts';
import { type Client, createClient, machineClient, signIn } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import { isClosed } from '../../support/ended-rights.ts';
import { refusal } from '../../support/refusal.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const NEXT = 'seven patient otters';
const EDGE =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0';

async function writeOpinion(doctor: Client, specialist: Client) {
  const params = { consultationId: (await acceptWritten(doctor, specialist)).consultationId };
  const opinion = { findings: '右肺下叶见一实性结节。', diagnosis: [{ code: 'R91', display: '肺结节' }] };
  const body = { ...opinion, recommendations: [], keyImages: [], version: 0 };
  const { version } = await specialist.call('opinion:save', { params, body });
  return { params, version };
}

async function issueReport(doctor: Client, specialist: Client, password: string) {
  const { params, version } = await writeOpinion(doctor, specialist);
  return specialist.call('report:sign', { params, body: { version, password } });
}

describe('one’s own account', function () {
  this.timeout(180_000);
  let server: RunningServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server?.close());

  async function signInFrom(login: string, userAgent: string): Promise<Client> {
    const response = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': userAgent },
      body: JSON.stringify({ account: login, password: PERSON_PASSWORD }),
    });
    const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0]);
    return createClient(server.url, cookies.join('; '));
  }

  it('[AC7] shows where one is signed in, no finer than one needs, and ends it there', async () => {
    const { client, login } = await enterPerson(server, 'physician');
    const elsewhere = await signInFrom(login, EDGE);
    await machineClient(server.url, login, PERSON_PASSWORD);
    const sessions = await client.call('own-sessions:list');
    assert.deepEqual(sessions.map(({ kind, browser, isThis }) => `${kind} ${browser} ${isThis}`).sort(), [
      'browser Edge · Windows false',
      'browser null true',
      'machine null false',
    ]);
    assert.deepEqual([...new Set(sessions.map(({ addressRange }) => addressRange))], ['127.0.0.*']);
    assert.ok(!JSON.stringify(sessions).includes('127.0.0.1'));
    const window = await connect(server.url, elsewhere.cookie);
    const { sessionId = '' } = sessions.find(({ browser }) => browser !== null) ?? {};
    await client.call('own-sessions:end-one', { params: { sessionId } });
    await isClosed(window);
    assert.equal((await elsewhere.ask('session:read')).status, 401);
    assert.equal((await client.call('own-sessions:list')).length, 2);
    await client.call('own-sessions:end-others');
    assert.deepEqual(
      (await client.call('own-sessions:list')).map(({ isThis }) => isThis),
      [true],
    );
  });

  it('[AC7] ends nobody else’s session', async () => {
    const [one, other] = [await enterPerson(server, 'physician'), await enterPerson(server, 'physician')];
    const [session] = await other.client.call('own-sessions:list');
    const params = { sessionId: session?.sessionId ?? '' };
    assert.equal((await refusal(one.client, 'own-sessions:end-one', params)).short, 'not-found');
    await other.client.call('session:read');
  });

  it('[AC7] shows its owner every attempt to sign in, those that failed too, and nobody else’s', async () => {
    const { login, client } = await enterPerson(server, 'physician');
    await enterPerson(server, 'physician');
    for (let guess = 0; guess < 5; guess += 1)
      await assert.rejects(signIn(server.url, login, `guess ${guess}`), { status: 401 });
    await server.database.query('DELETE FROM sign_in_attempt');
    await signInFrom(login, EDGE);
    await machineClient(server.url, login, PERSON_PASSWORD);
    const events = await client.call('sign-ins:list');
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['token', 'signed-in', 'locked', 'refused', 'refused', 'refused', 'refused', 'signed-in'],
    );
    assert.deepEqual(events.map(({ browser }) => browser).slice(0, 3), [null, 'Edge · Windows', null]);
  });

  it('[AC6] changes the password of whoever knows the old one, and ends all other sessions', async () => {
    const { client, login } = await enterPerson(server, 'physician');
    const elsewhere = await signIn(server.url, login, PERSON_PASSWORD);
    const change = (oldPassword: string, newPassword: string) => ({ oldPassword, newPassword });
    const refused = async (oldPassword: string, newPassword: string) =>
      refusal(client, 'password:change', {}, change(oldPassword, newPassword));
    const wrong = await refused('not the old one', NEXT);
    assert.deepEqual([wrong.short, wrong.fields], ['forbidden/old-password', ['oldPassword']]);
    assert.equal((await refused(PERSON_PASSWORD, '13812345678')).short, 'invalid-message/password-phone');
    assert.equal((await refused(PERSON_PASSWORD, PERSON_PASSWORD)).short, 'invalid-message/password-unchanged');
    await client.call('password:change', { body: change(PERSON_PASSWORD, NEXT) });
    assert.equal((await elsewhere.ask('session:read')).status, 401);
    await client.call('session:read');
    await assert.rejects(signIn(server.url, login, PERSON_PASSWORD), { status: 401 });
    await signIn(server.url, login, NEXT);
  });

  it('[AC6] is no place to guess the old password at, though the window was left open', async () => {
    const { client } = await enterPerson(server, 'physician');
    const guess = () => refusal(client, 'password:change', {}, { oldPassword: 'a guess', newPassword: NEXT });
    for (let guesses = 0; guesses < 5; guesses += 1) assert.equal((await guess()).short, 'forbidden/old-password');
    const locked = await guess();
    assert.equal(locked.short, 'rate-limited');
    assert.ok((locked.retryAfterS ?? 0) > 800);
    const right = { oldPassword: PERSON_PASSWORD, newPassword: NEXT };
    assert.equal((await refusal(client, 'password:change', {}, right)).status, 429);
  });

  it('[AC6] signs with the same key after the password was changed, with a new one after a reset, and what was signed stays valid', async () => {
    const { facilityId } = demoFacilities.province;
    const specialist = await enterPerson(server, 'specialist', facilityId);
    const admin = (await enterPerson(server, 'admin')).client;
    const { client, accountId, login } = specialist;
    const doctor = await server.signIn('county-doctor');
    const first = await issueReport(doctor, client, PERSON_PASSWORD);
    await client.call('password:change', { body: { oldPassword: PERSON_PASSWORD, newPassword: NEXT } });
    const second = await issueReport(doctor, client, NEXT);
    assert.equal(second.signature.publicKey, first.signature.publicKey, 'the same key, sealed anew');
    const { link } = await admin.call('person:make-link', { params: { accountId } });
    const password = 'nine careful badgers';
    await createClient(server.url, '').call('password:set', { body: { secret: link.secret, password } });
    const again = await signIn(server.url, login, password);
    const { params, version } = await writeOpinion(doctor, again);
    const refused = await refusal(again, 'report:sign', params, { version, password: NEXT });
    assert.equal(refused.short, 'forbidden/signature-password', 'the old password signs no more');
    const third = await issueReport(doctor, again, password);
    assert.notEqual(third.signature.publicKey, first.signature.publicKey);
    const keys = (await server.database.query('SELECT * FROM former_signing_key')) as object[];
    assert.ok(
      keys.length === 1 && !JSON.stringify(keys).includes('sealed'),
      'of the old key only the public half is left',
    );
    for (const { content } of [first, second, third]) {
      const read = await doctor.call('report:read', { params: { consultationId: content.consultationId } });
      assert.equal(read.signatureValid, true);
    }
  });
});
