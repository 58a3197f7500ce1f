import assert from 'node:assert/strict';
import { demoFacilities } from '../../../server/demo/network.ts';
import { chinaDate } from '../../../server/patients/china-date.ts';
import { addPerson, enterPerson, PERSON_PASSWORD } from '../../support/add-person.ts';
import { type Client, signIn } from '../../support/client.ts';
import { newDemoDatabase } from '../../support/demo-network.ts';
import { placeFacility } from '../../support/facility-world.ts';
import { checkFile, csvOf, importAll, readDown, shortRows, xlsxOf } from '../../support/import-file.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const { county, province } = demoFacilities;
const HEAD = ['姓名', '账号', '职称', '角色', '机构', '专科', '任职', '所在科室', '任职起始日期', '任职截止日期'];
const day = (days: number) => chinaDate(new Date(Date.now() + days * 24 * 3_600_000));
const DEPARTMENTS = ['内科', '外科'].map((name) => ({ name, code: null, answers: false }));

for (const databaseName of ['SQLite', 'MariaDB'])
  describe(`several appointments in a table of people, on ${databaseName}`, function () {
    this.timeout(180_000);
    let server: RunningServer;
    let admin: Client;
    let countyAdmin: Client;
    /** Facilities that no test of these shares with the demo network. */
    let town: { facilityId: string; name: string };
    let village: { facilityId: string; name: string };
    before(async () => {
      const databaseUrl = databaseName === 'MariaDB' ? await newDemoDatabase() : undefined;
      server = await startServer(databaseUrl === undefined ? {} : { databaseUrl });
      admin = (await enterPerson(server, 'admin', province.facilityId)).client;
      countyAdmin = (await enterPerson(server, 'facility-admin', county.facilityId)).client;
      const place = async (name: string) => ({
        name,
        facilityId: await placeFacility(server, county.facilityId, { name, departments: DEPARTMENTS }),
      });
      town = await place('北坡镇卫生院');
      village = await place('南沟村卫生室');
    });
    after(() => server?.close());

    const appointmentsOf = async (login: string) => {
      const account = await server.database.read.accounts.findByLogin(login);
      const all = await server.database.read.accounts.listAppointments([account?.accountId ?? '']);
      return all
        .map((one) => [one.isMain, one.facilityId, one.department, one.role, one.fromDay, one.toDay, one.endedAt])
        .sort();
    };
    const check = (client: Client, rows: (string | null)[][], head = HEAD) =>
      checkFile(client, 'people', csvOf([head, ...rows]));

    it('[IM7] one person on several rows, in any order, is one account with as many appointments; twice changes nothing', async () => {
      const login = 'many.places';
      const rows = [
        ['何多处', login, '医师', '会诊专家', village.name, '', '其他任职', '外科', day(30), day(60)],
        ['何多处', login, '医师', '会诊专家', village.name, '', '其他任职', '外科', day(90), ''],
        ['何多处', login, '主治医师', '医生', county.name, '内科', '主任职', '', '', ''],
        ['何多处', login, '顾问', '会诊专家', town.name, '全科', '兼任', '内科', '', day(300)],
      ];
      const view = await check(countyAdmin, rows);
      assert.deepEqual(shortRows(view), ['2 new', '3 new', '4 new', '5 new']);
      const people = await importAll(countyAdmin, view);
      assert.equal(people.length, 1, 'one link for one person');
      assert.deepEqual(
        await appointmentsOf(login),
        [
          [false, village.facilityId, '外科', 'specialist', day(30), day(60), null],
          [false, village.facilityId, '外科', 'specialist', day(90), null, null],
          [false, town.facilityId, '内科', 'specialist', null, day(300), null],
          [true, county.facilityId, null, 'physician', null, null, null],
        ].sort(),
      );
      for (const bytes of [csvOf([HEAD, ...rows]), await xlsxOf([HEAD, ...rows])]) {
        const again = await checkFile(countyAdmin, 'people', bytes);
        assert.deepEqual([shortRows(again), again.steps], [['2', '3', '4', '5'].map((line) => `${line} unchanged`), 0]);
      }
      const trail = await server.database.read.audit.list({ limit: 50 });
      assert.equal(trail.filter(({ action }) => action === 'appointment:add').length, 3);
    });

    it('[IM7] rows without a word for it: the one at the account’s own facility is the main one, else the first', async () => {
      const head = ['姓名', '账号', '角色', '机构'];
      const rows = [
        ['吴无词', 'no.words', '医生', town.name],
        ['吴无词', 'no.words', '学员', village.name],
      ];
      await importAll(countyAdmin, await check(countyAdmin, rows, head));
      const before = await appointmentsOf('no.words');
      assert.deepEqual(
        before.map(([isMain, facilityId]) => [isMain, facilityId]),
        [
          [false, village.facilityId],
          [true, town.facilityId],
        ],
      );
      const turned = await check(countyAdmin, rows.toReversed(), head);
      assert.deepEqual(shortRows(turned), ['2 unchanged', '3 unchanged']);
      // One row alone moves the person, as it did before there were others.
      const moved = await check(countyAdmin, [['吴无词', 'no.words', '医生', county.name]], head);
      assert.deepEqual(shortRows(moved), ['2 changed']);
    });

    it('[IM7] what a row says otherwise is changed, and shown before; what is not in the file stays', async () => {
      const { login } = await addPerson(server.database, 'physician', county.facilityId, '郑改');
      const further = (...data: string[]) => ['郑改', login, '', '医生', town.name, '', '其他任职', ...data];
      await importAll(countyAdmin, await check(countyAdmin, [further('内科', '', '')]));
      const view = await check(countyAdmin, [
        ['郑改', login, '医师', '医生', county.name, '', '主任职', '', day(-10), ''],
        further('内科', '', day(90)),
      ]);
      assert.deepEqual(shortRows(view), ['2 changed', '3 changed']);
      assert.deepEqual(
        view.rows.map(({ changes }) => changes),
        [[{ column: 'fromDay', before: '' }], [{ column: 'toDay', before: '' }]],
      );
      await importAll(countyAdmin, view);
      const changed = [
        [false, town.facilityId, '内科', 'physician', null, day(90), null],
        [true, county.facilityId, null, 'physician', day(-10), null, null],
      ];
      assert.deepEqual(await appointmentsOf(login), changed);
      const mainAlone = await check(countyAdmin, [['郑改', login, '医师', '医生', county.name]], HEAD.slice(0, 5));
      assert.deepEqual(shortRows(mainAlone), ['2 unchanged']);
      // Another department is another appointment.
      await importAll(countyAdmin, await check(countyAdmin, [further('外科', '', '')]));
      assert.equal((await appointmentsOf(login)).length, 3);
    });

    it('[IM7] each row by the rights at its own facility: whoever administers both does both', async () => {
      const { login } = await addPerson(server.database, 'physician', province.facilityId, '冯省院');
      const rows = [
        ['冯省院', login, '医师', '医生', province.name, '', '主任职', '', '', day(200)],
        ['冯省院', login, '', '会诊专家', county.name, '', '其他任职', '', '', ''],
      ];
      assert.deepEqual(shortRows(await check(countyAdmin, rows)), ['2 faulty login/login-taken', '3 new']);
      const both = await check(admin, rows);
      assert.deepEqual(shortRows(both), ['2 changed', '3 new']);
      await importAll(admin, both);
      assert.deepEqual(await appointmentsOf(login), [
        [false, county.facilityId, null, 'specialist', null, null, null],
        [true, province.facilityId, null, 'physician', null, day(200), null],
      ]);
      const session = await signIn(server.url, login, PERSON_PASSWORD).then((client) => client.call('session:read'));
      assert.deepEqual(
        session.appointments.map(({ facilityName }) => facilityName).sort(),
        [province.name, county.name].sort(),
      );

      // Without the main row account and name have to fit, and nothing else of the person is told.
      const one = (name: string, account: string, facility = town.name) => [
        name,
        account,
        '',
        '医生',
        facility,
        '',
        '其他任职',
        '',
        '',
        '',
      ];
      const view = await check(countyAdmin, [
        one('冯省院', login),
        one('冯别人', login, village.name),
        one('冯省院', 'nobody.there'),
        one('冯省院', login, province.name),
      ]);
      assert.deepEqual(shortRows(view), [
        '2 new',
        '3 faulty login/person-unknown',
        '4 faulty login/person-unknown',
        '5 faulty facility/outside-remit',
      ]);
      await importAll(countyAdmin, view, true);
      assert.equal((await appointmentsOf(login)).length, 3);
    });

    it('[IM7] is shown with what is wrong, each row by the rules of the page', async () => {
      const { login, accountId } = await addPerson(server.database, 'physician', county.facilityId, '褚错');
      const own = await enterPerson(server, 'facility-admin', county.facilityId);
      const further = (over: Record<number, string>) =>
        ['褚错', login, '', '医生', town.name, '', '其他任职', '', '', ''].map((cell, at) => over[at] ?? cell);
      const main = ['褚错', login, '医师', '医生', county.name, '', '主任职', '', '', ''];
      const view = await check(own.client, [
        main,
        further({}),
        further({ 8: day(5), 9: day(1), 7: '内科' }),
        further({ 7: '没有这科' }),
        further({ 4: village.name, 3: '审计管理员' }),
        further({ 4: village.name, 0: '褚某', 7: '内科' }),
        further({}),
        further({ 6: '临时' }),
        [...main.slice(0, 4), town.name, '', '主任职', '外科', '', ''],
        ['我自己', own.login, '', '医生', town.name, '', '其他任职', '', '', ''],
        ['新人', 'half.new', '', '医生', '没有这家', '', '主任职', '', '', ''],
        ['新人', 'half.new', '', '医生', town.name, '', '其他任职', '', '', ''],
        ['李春梅', 'county-doctor', '', '医生', town.name, '', '其他任职', '', '', ''],
      ]);
      assert.deepEqual(shortRows(view), [
        '2 unchanged',
        '3 new',
        '4 faulty toDay/period-order',
        '5 faulty department/department-unknown',
        '6 faulty role/role-not-given',
        '7 faulty name/other-name/2',
        '8 faulty row/duplicate-row/3',
        '9 faulty appointment/appointment-unknown row/duplicate-row/3',
        '10 faulty row/duplicate-row/2',
        '11 faulty login/person-unknown row/not-yours',
        '12 faulty facility/facility-unknown',
        '13 faulty row/main-row-faulty/12',
        '14 faulty row/demo-account',
      ]);
      await importAll(own.client, view, true);
      assert.equal((await appointmentsOf(login)).length, 2);

      // What an administrator has ended no old file brings back.
      const person = await own.client.call('person:read', { params: { accountId } });
      const beside = person.appointments.find(({ isMain }) => !isMain) ?? assert.fail('no further appointment');
      const params = { appointmentId: beside.appointmentId };
      await own.client.call('appointment:end', { params, body: { revision: beside.revision } });
      assert.deepEqual(shortRows(await check(own.client, [main, further({})])), [
        '2 unchanged',
        '3 faulty row/appointment-ended',
      ]);
    });

    it('[IM6] come down as rows that change nothing again, each for those who administer its facility', async () => {
      const { login } = await addPerson(server.database, 'physician', county.facilityId, '卫出');
      await importAll(
        countyAdmin,
        await check(countyAdmin, [['卫出', login, '', '医生', town.name, '儿科', '其他任职', '外科', day(-5), day(5)]]),
      );
      for (const language of ['zh-CN', 'en']) {
        const path = (format: string) => `/api/exports/people?format=${format}&language=${language}`;
        const rows = await readDown(await countyAdmin.fetch(path('csv')));
        assert.equal(rows.filter((cells) => cells.includes(login)).length, 2);
        for (const format of ['csv', 'csv-gb18030', 'xlsx']) {
          const down = await countyAdmin.fetch(path(format));
          const view = await checkFile(countyAdmin, 'people', new Uint8Array(await down.arrayBuffer()));
          assert.deepEqual(
            shortRows(view).filter((row) => !row.endsWith('unchanged')),
            [],
          );
        }
      }
      const townAdmin = (await enterPerson(server, 'facility-admin', town.facilityId)).client;
      const rows = await readDown(await townAdmin.fetch('/api/exports/people?format=csv&language=zh-CN'));
      const seen = rows.filter((cells) => cells.includes(login));
      assert.deepEqual(seen, [
        ['卫出', login, '', '医生', town.name, '儿科', '其他任职', '外科', day(-5), day(5), '', '', '', '', '', ''],
      ]);
    });
  });
