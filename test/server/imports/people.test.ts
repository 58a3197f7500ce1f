import assert from 'node:assert/strict';
import { demoFacilities } from '../../../server/demo/network.ts';
import { addPerson, enterPerson } from '../../support/add-person.ts';
import { type Client, createClient, signIn } from '../../support/client.ts';
import { checkFile, csvOf, importAll, shortRows, xlsxOf } from '../../support/import-file.ts';
import { refusal } from '../../support/refusal.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const { county, province } = demoFacilities;
const HEAD = ['姓名', '账号', '职称', '角色', '机构', '专科'];
const PASSWORD = 'seven patient otters';
const NAMES = [
  '丁',
  '欧阳上官司马诸葛皇甫尉迟公孙慕容令狐宇文',
  '买买提·吐尔逊',
  '㐂田',
  '𠮷野',
  'ᠪᠠᠭᠠᠲᠤᠷ',
  'مەمەت تۇرسۇن',
];

describe('people who are imported', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let admin: Client;
  let facilityAdmin: Client;
  let facilityAdminLogin: string;
  before(async () => {
    server = await startServer();
    admin = (await enterPerson(server, 'admin', province.facilityId)).client;
    const entered = await enterPerson(server, 'facility-admin', county.facilityId);
    facilityAdmin = entered.client;
    facilityAdminLogin = entered.login;
  });
  after(() => server?.close());

  const find = (login: string) => server.database.read.accounts.findByLogin(login);

  it('[IM1] get a link each, by which they choose their password; no name is too short, too rare or of another script', async () => {
    const rows = NAMES.map((name, index) => [name, `name-${index}`, '医师', '医生', county.name, '内科']);
    for (const [prefix, bytes] of [
      ['name', csvOf([HEAD, ...rows], { encoding: 'gb18030' })],
      ['excel', await xlsxOf([HEAD, ...rows.map((row) => row.map((cell) => cell.replace('name-', 'excel-')))])],
    ] as const) {
      const view = await checkFile(facilityAdmin, 'people', bytes);
      assert.deepEqual(view.counts, { new: NAMES.length, changed: 0, unchanged: 0, faulty: 0 });
      const people = await importAll(facilityAdmin, view);
      assert.deepEqual(
        people.map(({ person }) => [person.name, person.login, person.facilityName]),
        NAMES.map((name, index) => [name, `${prefix}-${index}`, county.name]),
      );
      const { secret } = people[4]?.link ?? { secret: '' };
      await createClient(server.url, '').call('password:set', { body: { secret, password: PASSWORD } });
      const client = await signIn(server.url, `${prefix}-4`, PASSWORD);
      assert.equal((await client.call('session:read')).person.name, '𠮷野');
    }
    const trail = JSON.stringify(await server.database.read.audit.list({ limit: 100 }));
    assert.ok(trail.includes('account:invite') && trail.includes('import:apply'));
  });

  it('[IM1] are shown with what is wrong, each by the rules of the page', async () => {
    const elsewhere = await addPerson(server.database, 'physician', province.facilityId);
    await addPerson(server.database, 'physician', county.facilityId);
    const rows = [
      HEAD,
      ['新人', 'new.person', '', 'physician', county.name, ''],
      ['新人', 'New.Person ', '', '医生', county.name, ''],
      ['', 'x', '', '院长', '没有这家', ''],
      ['王'.repeat(65), '账号', '', '医生', county.name, ''],
      ['外人', 'outside.person', '', '医生', province.name, ''],
      ['平台', 'platform.person', '', '平台管理员', county.name, ''],
      ['同名', elsewhere.login, '', '医生', county.name, ''],
      ['李春梅', 'county-doctor', '院长', '医生', county.name, ''],
      ['我自己', facilityAdminLogin, '', '医生', county.name, ''],
      ['科学', '1.23E+17', '', '医生', county.name, ''],
    ];
    const view = await checkFile(facilityAdmin, 'people', csvOf(rows));
    assert.deepEqual(shortRows(view), [
      '2 new',
      '3 faulty row/duplicate-row/2',
      '4 faulty facility/facility-unknown role/role-unknown name/missing login/login-wrong',
      '5 faulty name/too-long login/login-wrong',
      '6 faulty facility/outside-remit',
      '7 faulty role/role-not-given',
      '8 faulty login/login-taken',
      '9 faulty row/demo-account',
      '10 faulty row/not-yours',
      '11 faulty login/digits-lost',
    ]);
    assert.deepEqual(
      await importAll(facilityAdmin, view, true).then((people) => people.map(({ person }) => person.login)),
      ['new.person'],
    );
    const office = await checkFile(
      admin,
      'people',
      csvOf([HEAD, ['平台', 'platform.person', '', '审计管理员', county.name, '']]),
    );
    assert.deepEqual(shortRows(office), ['2 faulty role/role-not-given'], 'an office takes two people');
    const again = await checkFile(facilityAdmin, 'people', csvOf(rows.slice(0, 2)));
    assert.deepEqual([shortRows(again), again.steps], [['2 unchanged'], 0]);
  });

  it('[IM3] are changed where the file says otherwise, without a new link; columns that it lacks stay as they are', async () => {
    const { login } = await addPerson(server.database, 'physician', county.facilityId, '钱一');
    const rows = [
      ['角色', '姓名', '机构', '账号'],
      ['会诊专家', '钱二', county.name, login],
    ];
    const view = await checkFile(facilityAdmin, 'people', csvOf(rows));
    assert.deepEqual(view.rows[0]?.changes.map(({ column, before }) => [column, before]).sort(), [
      ['name', '钱一'],
      ['role', '医生'],
    ]);
    assert.deepEqual(await importAll(facilityAdmin, view), []);
    const account = await find(login);
    assert.deepEqual(
      [account?.name, account?.role, account?.title, account?.revision],
      ['钱二', 'specialist', '医师', 2],
    );
    assert.deepEqual(shortRows(await checkFile(facilityAdmin, 'people', csvOf(rows))), ['2 unchanged']);
  });

  it('[IM4] get new links where the answer with the former ones was lost, and nobody is there twice', async () => {
    const rows = Array.from({ length: 130 }, (_, index) => [
      `第${index}`,
      `lost-${index}`,
      '',
      '学员',
      county.name,
      '',
    ]);
    const view = await checkFile(facilityAdmin, 'people', csvOf([HEAD, ...rows]));
    const params = { importId: view.importId };
    const lost = await facilityAdmin.call('import:apply', { params, body: { from: 0, skipFaulty: false } });
    assert.ok(lost.done < 130 && lost.steps === 130);
    const rest = await importAll(facilityAdmin, view);
    assert.deepEqual(rest.map(({ person }) => person.login).sort(), rows.map(([, login]) => login).sort());
    const ask = (secret: string) =>
      createClient(server.url, '')
        .ask('one-time-link:read', { body: { secret } })
        .then(({ status }) => status);
    assert.deepEqual([await ask(lost.people[0]?.link.secret ?? ''), await ask(rest[0]?.link.secret ?? '')], [409, 200]);
  });

  it('[IM4] are imported to the end by opening the same file again where the page was closed halfway, each with a link that is good', async () => {
    const rows = Array.from({ length: 230 }, (_, index) => [
      `第${index}`,
      `half-${index}`,
      '',
      '学员',
      county.name,
      '',
    ]);
    const file = csvOf([HEAD, ...rows]);
    const view = await checkFile(facilityAdmin, 'people', file);
    assert.deepEqual([view.counts.new, view.invitedAgain], [230, 0]);
    const params = { importId: view.importId };
    const first = await facilityAdmin.call('import:apply', { params, body: { from: 0, skipFaulty: false } });
    assert.equal(first.done, 100);
    // One of them has chosen a password meanwhile, by whatever way the link came to them.
    const chosen = first.people[0];
    const secret = chosen?.link.secret ?? '';
    await createClient(server.url, '').call('password:set', { body: { secret, password: PASSWORD } });

    const again = await checkFile(facilityAdmin, 'people', file);
    assert.deepEqual(again.counts, { new: 130, changed: 0, unchanged: 100, faulty: 0 });
    assert.deepEqual([again.invitedAgain, again.steps], [99, 99 + 130]);
    const opened = await checkFile(facilityAdmin, 'people', file);
    assert.equal(opened.invitedAgain, 99, 'opened once more before anything was done');
    // Closed once more, a hundred further.
    const second = await facilityAdmin.call('import:apply', {
      params: { importId: opened.importId },
      body: { from: 0, skipFaulty: false },
    });
    assert.equal(second.people.length, 100);
    const last = await checkFile(facilityAdmin, 'people', file);
    const people = await importAll(facilityAdmin, last);
    const expected = rows.map(([, login]) => login).filter((login) => login !== chosen?.person.login);
    assert.deepEqual(people.map(({ person }) => person.login).sort(), expected.sort());
    for (const { link } of [people[0], people[99], people.at(-1)].flatMap((one) => one ?? [])) {
      const { status } = await createClient(server.url, '').ask('one-time-link:read', {
        body: { secret: link.secret },
      });
      assert.equal(status, 200);
    }

    const whole = await checkFile(facilityAdmin, 'people', file);
    assert.deepEqual(whole.counts, { new: 0, changed: 0, unchanged: 230, faulty: 0 });
    assert.deepEqual([whole.invitedAgain, whole.steps], [0, 0]);
  });

  it('[IM4] are imported by the rights of that moment: whoever has lost the role, or took the name meanwhile', async () => {
    const { client, accountId } = await enterPerson(server, 'facility-admin', county.facilityId);
    const rows = (login: string) => csvOf([HEAD, ['某人', login, '', '学员', county.name, '']]);
    const taken = await checkFile(client, 'people', rows('soon.taken'));
    const body = { login: 'soon.taken', name: '先到', title: '', role: 'trainee', specialty: null } as const;
    await admin.call('person:invite', { body: { ...body, facilityId: county.facilityId } });
    const importOf = ({ importId }: { importId: string }) =>
      refusal(client, 'import:apply', { importId }, { from: 0, skipFaulty: false });
    assert.equal((await importOf(taken)).short, 'conflict/import-outdated');
    const view = await checkFile(client, 'people', rows('never.there'));
    await server.database.query(`UPDATE account SET role = 'trainee' WHERE accountId = '${accountId}'`);
    assert.equal((await importOf(view)).short, 'forbidden');
    assert.equal(await find('never.there'), undefined);
  });

  it('[IM6] come down as a table of those whom the administrator answers for, in which nothing runs, and which changes nothing again', async () => {
    const evil = '=cmd|calc';
    await importAll(
      facilityAdmin,
      await checkFile(facilityAdmin, 'people', csvOf([HEAD, [evil, 'evil', '', '学员', county.name, '']])),
    );
    for (const format of ['csv', 'csv-gb18030', 'xlsx']) {
      const down = await facilityAdmin.fetch(`/api/exports/people?format=${format}&language=zh-CN`);
      const bytes = new Uint8Array(await down.arrayBuffer());
      if (format === 'csv') assert.ok(Buffer.from(bytes).toString().includes(`'${evil}`));
      const view = await checkFile(facilityAdmin, 'people', bytes);
      assert.ok(view.rows.length > 10);
      assert.deepEqual(
        [view.counts.unchanged, shortRows(view).filter((row) => !row.includes('unchanged'))],
        [view.rows.length, []],
      );
      assert.ok(!view.rows.some(({ cells }) => cells.includes(province.name)));
    }
    const [act] = (await server.database.read.audit.list({ limit: 20 })).filter(
      ({ action }) => action === 'export:read',
    );
    assert.deepEqual(act?.detail, { kind: 'people' });
  });

  it('[IM2] are nobody’s to import but an administrator’s: file, template, table', async () => {
    const doctor = await server.signIn('county-doctor');
    const paths = ['/api/exports/people', '/api/import-templates/people'].map(
      (path) => `${path}?format=csv&language=en`,
    );
    for (const path of paths) assert.equal((await doctor.fetch(path)).status, 403);
    await assert.rejects(checkFile(doctor, 'people', csvOf([HEAD])), { status: 403 });
    const nobody = createClient(server.url, '');
    for (const path of paths) assert.equal((await nobody.fetch(path)).status, 401);
    await assert.rejects(checkFile(nobody, 'people', csvOf([HEAD])), { status: 401 });
  });
});
