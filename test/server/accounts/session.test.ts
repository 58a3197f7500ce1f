import assert from 'node:assert/strict';
import { CONTRACT_VERSION } from '../../../server/contract/index.ts';
import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('a session', function () {
  this.timeout(120_000);
  let server: RunningServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const open = (
    headers: Record<string, string> = {},
    body: unknown = { account: 'county-doctor', password: DEMO_PASSWORD },
  ): Promise<Response> =>
    fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  it('is kept in a cookie that no script and no other site can use', async () => {
    const response = await open();
    assert.equal(response.status, 201);
    const [cookie] = response.headers.getSetCookie();
    for (const part of [/HttpOnly/i, /SameSite=Strict/i, /Path=\//i]) assert.match(cookie ?? '', part);
    assert.equal(response.headers.get('cache-control'), 'no-store');
  });

  it('bears the __Host- prefix and Secure behind TLS', async () => {
    const secure = await startServer({ environment: { SECURE_COOKIES: '1' } });
    try {
      const response = await fetch(`${secure.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ account: 'county-doctor', password: DEMO_PASSWORD }),
      });
      const [cookie] = response.headers.getSetCookie();
      assert.match(cookie ?? '', /^__Host-huizhen=.*Secure/);
    } finally {
      await secure.close();
    }
  });

  it('lets nobody act through a page of another site', async () => {
    const { cookie } = await server.signIn('county-doctor');
    const create = (headers: Record<string, string>) =>
      fetch(`${server.url}/api/consultations`, { method: 'POST', headers: { cookie, ...headers } });
    const secureTwin = server.url.replace('http:', 'https:');
    for (const origin of ['https://elsewhere.example', 'null', `${server.url}0`, secureTwin]) {
      const response = await create({ origin });
      assert.equal(response.status, 403, origin);
      assert.equal(((await response.json()) as { reason: string }).reason, 'cross-site');
    }
    assert.equal((await create({ 'sec-fetch-site': 'cross-site' })).status, 403);
    assert.equal((await create({ origin: server.url })).status, 201);
  });

  it('tells an outdated page to reload instead of misunderstanding it', async () => {
    const { cookie } = await server.signIn('county-doctor');
    const read = (version: number) =>
      fetch(`${server.url}/api/session`, { headers: { cookie, 'x-contract-version': String(version) } });
    assert.equal((await read(CONTRACT_VERSION)).status, 200);
    const outdated = await read(CONTRACT_VERSION + 1);
    assert.equal(outdated.status, 426);
    assert.equal(((await outdated.json()) as { code: string }).code, 'version-mismatch');
  });

  it('is over everywhere after signing out everywhere, and for this browser alone after signing out', async () => {
    const [here, there] = [await server.signIn('specialist'), await server.signIn('specialist')];
    await there.call('session:close');
    assert.equal((await there.ask('session:read')).status, 401);
    assert.equal((await here.call('session:read')).person.name, '陈致远');
    await here.call('session:close-all');
    assert.equal((await here.ask('session:read')).status, 401);
  });

  it('[UT1] tells a person the key of their unsaved text, the same in every session, another than anyone else’s', async () => {
    const [first, second, other] = [
      await server.signIn('specialist'),
      await server.signIn('specialist'),
      await server.signIn('specialist-2'),
    ];
    const [{ draftKey }, again, elsewhere] = await Promise.all(
      [first, second, other].map((client) => client.call('session:read')),
    ).then(([a, b, c]) => [a ?? assert.fail(), b ?? assert.fail(), c ?? assert.fail()] as const);
    assert.equal(Buffer.from(draftKey, 'base64url').length, 32);
    assert.equal(again.draftKey, draftKey);
    assert.notEqual(elsewhere.draftKey, draftKey);
    const auditor = await server.signIn('auditor');
    const entries = await auditor.call('audit:list', { query: {} });
    assert.ok(!JSON.stringify(entries).includes(draftKey));
  });

  it('is refused after five wrong passwords, with the time to wait', async () => {
    for (let tries = 0; tries < 5; tries += 1) {
      const response = await open({}, { account: 'trainee', password: 'wrong' });
      assert.equal(response.status, 401);
      assert.equal(((await response.json()) as { reason: string }).reason, 'wrong-password');
    }
    const locked = await open({}, { account: 'trainee', password: DEMO_PASSWORD });
    assert.equal(locked.status, 429);
    assert.ok(Number(locked.headers.get('retry-after')) > 800);
    assert.equal(((await locked.json()) as { reason: string }).reason, 'account-locked');
  });

  it('[SI3] ends when somebody signs in again in the same browser, the same person or the next one', async () => {
    const cookieOf = (response: Response) =>
      response.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ');
    const status = async (cookie: string) => (await fetch(`${server.url}/api/session`, { headers: { cookie } })).status;
    const first = cookieOf(await open());
    const second = cookieOf(await open({ cookie: first }));
    assert.deepEqual([await status(first), await status(second)], [401, 200]);
    const next = cookieOf(await open({ cookie: second }, { account: 'surgeon', password: DEMO_PASSWORD }));
    assert.deepEqual([await status(second), await status(next)], [401, 200]);
    // A failed attempt ends nothing.
    await open({ cookie: next }, { account: 'surgeon', password: 'wrong' });
    assert.equal(await status(next), 200);
  });

  it('[SI3] keeps cookie and token apart, and refuses a second factor that nobody would check', async () => {
    const body = { account: 'specialist', password: DEMO_PASSWORD };
    const headers = { 'content-type': 'application/json' };
    const mint = (extra: object) =>
      fetch(`${server.url}/api/tokens`, { method: 'POST', headers, body: JSON.stringify({ ...body, ...extra }) });
    const { token } = (await (await mint({})).json()) as { token: string };
    const { cookie } = await server.signIn('specialist');
    const [name, secret] = (cookie.split(';')[0] ?? '').split('=');
    const read = async (headers: Record<string, string>) =>
      (await fetch(`${server.url}/api/session`, { headers })).status;
    assert.equal(await read({ authorization: `Bearer ${token}` }), 200);
    assert.equal(await read({ authorization: `Bearer ${secret}` }), 401);
    assert.equal(await read({ cookie: `${name}=${token}` }), 401);
    const withFactor = await mint({ otp: '123456' });
    assert.equal(withFactor.status, 400);
    assert.deepEqual(((await withFactor.json()) as { fields: string[] }).fields, ['otp']);
  });

  it('[SI4] leaves no pictures in the browser of a shared computer when it is over', async () => {
    for (const name of ['session:close', 'session:close-all'] as const) {
      const answer = await (await server.signIn('specialist')).ask(name);
      assert.equal(answer.headers.get('clear-site-data'), '"cache"', name);
    }
  });

  it('[SI4] leaves none when it has ended by itself either, and does not touch what is still typed', async () => {
    const { cookie } = await server.signIn('auditor');
    await server.database.query(
      "UPDATE session SET expiresAt = '2020-01-01T00:00:00.000Z' " +
        "WHERE accountId = (SELECT accountId FROM account WHERE login = 'auditor')",
    );
    for (const path of ['/api/session', '/dicomweb/studies']) {
      const ended = await fetch(server.url + path, { headers: { cookie } });
      assert.deepEqual([ended.status, ended.headers.get('clear-site-data')], [401, '"cache"'], path);
    }
    const asked = (headers: Record<string, string>) => fetch(`${server.url}/api/sign-in`, { headers });
    const signInPage = await asked({ cookie });
    assert.deepEqual([signInPage.status, signInPage.headers.get('clear-site-data')], [200, '"cache"']);
    const stranger = await fetch(`${server.url}/api/session`);
    assert.deepEqual([stranger.status, stranger.headers.get('clear-site-data')], [401, null]);
    for (const headers of [{}, { cookie: (await server.signIn('specialist')).cookie }])
      assert.equal((await asked(headers)).headers.get('clear-site-data'), null, 'nothing has ended');
  });

  it('[SI4] leaves none of the person before where somebody signs in over an open session', async () => {
    const first = await server.signIn('specialist');
    assert.equal((await open({ cookie: first.cookie })).headers.get('clear-site-data'), '"cache"');
    assert.equal((await open()).headers.get('clear-site-data'), null);
  });

  it('believes an address that is forwarded from a proxy it knows, and from nobody else', async () => {
    const guess = async (url: string, address: string) =>
      fetch(`${url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: JSON.stringify({ account: 'coordinator', password: 'wrong' }),
      });
    const behindAnother = await startServer({ environment: { TRUSTED_PROXIES: '192.0.2.1' } });
    const behindProxy = await startServer({ environment: { TRUSTED_PROXIES: '1' } });
    try {
      for (const [{ url }, expected] of [
        [behindAnother, 429],
        [behindProxy, 401],
      ] as const) {
        for (let tries = 0; tries < 5; tries += 1) await guess(url, `198.51.100.${tries}`);
        assert.equal((await guess(url, '198.51.100.99')).status, expected);
      }
    } finally {
      await behindAnother.close();
      await behindProxy.close();
    }
  });

  it('comes as a bearer token to machine clients', async () => {
    const response = await fetch(`${server.url}/api/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: 'specialist', password: DEMO_PASSWORD }),
    });
    assert.equal(response.status, 201);
    const { token, expiresAt } = (await response.json()) as { token: string; expiresAt: string };
    assert.ok(Date.parse(expiresAt) > Date.now());
    const authorized = await fetch(`${server.url}/dicomweb/studies`, { headers: { authorization: `Bearer ${token}` } });
    assert.ok([200, 204].includes(authorized.status));
    assert.equal(
      (await fetch(`${server.url}/dicomweb/studies`, { headers: { authorization: `Bearer ${token.slice(0, -2)}xx` } }))
        .status,
      401,
    );
    assert.equal((await fetch(`${server.url}/dicomweb/studies`)).status, 401);
  });

  it('guards against framing and foreign scripts on every answer', async () => {
    const response = await fetch(`${server.url}/`);
    const policy = response.headers.get('content-security-policy') ?? '';
    for (const part of ["frame-ancestors 'none'", "script-src 'self' 'wasm-unsafe-eval'", "default-src 'none'"])
      assert.ok(policy.includes(part), part);
    assert.equal(response.headers.get('x-powered-by'), null);
  });

  it('answers what cannot be read, and what is too large, without quoting it', async () => {
    const send = (body: string) =>
      fetch(`${server.url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const unreadable = await send('{"account": "王芳');
    assert.equal(unreadable.status, 400);
    assert.equal((await unreadable.text()).includes('王芳'), false);
    const large = await send(JSON.stringify({ account: 'x'.repeat(5_000_000), password: 'x' }));
    assert.equal(large.status, 413);
    assert.equal(((await large.json()) as { code: string }).code, 'too-large');
  });
});
