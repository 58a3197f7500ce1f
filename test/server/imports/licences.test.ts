import assert from 'node:assert/strict';
import { demoFacilities } from '../../../server/demo/network.ts';
import { findDay } from '../../../server/imports/licence-cells.ts';
import { addPerson, enterPerson } from '../../support/add-person.ts';
import type { Client } from '../../support/client.ts';
import { checkFile, csvOf, importAll, readDown, shortRows, xlsxOf } from '../../support/import-file.ts';
import { enterLicence, inDays } from '../../support/licences.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const { county } = demoFacilities;
const HEAD = [
  '姓名',
  '账号',
  '角色',
  '机构',
  '医师执业证书编码',
  '执业类别',
  '执业级别',
  '有效期自',
  '有效期至',
  '独立执业日期',
];
const QUALIFICATION = '202023110230125196002291212';

describe('licences that are imported', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let administrator: Client;
  before(async () => {
    server = await startServer();
    administrator = (await enterPerson(server, 'facility-admin', county.facilityId)).client;
  });
  after(() => server?.close());

  const onFile = async (login: string) => {
    const account = await server.database.read.accounts.findByLogin(login);
    return server.database.read.practitioners.find(account?.accountId ?? '');
  };
  const person = (login: string, ...licence: (string | Date | number)[]) => [
    '新人',
    login,
    '医生',
    county.name,
    ...licence,
  ];

  it('[IM2] come with new people and for those who are there, days as people and Excel write them', async () => {
    const { login, accountId } = await addPerson(server.database, 'physician', county.facilityId, '钱一');
    await enterLicence(administrator, accountId, { validTo: '2027-05-01', specialties: ['呼吸'] });
    const rows = [
      HEAD,
      person('import.one', '110230100005678', '临床', '执业医师', '2020/1/2', '2027年3月4日', '20100701'),
      person('import.two', '', '', '', '', '', ''),
      [
        '钱一',
        login,
        '医生',
        county.name,
        '110230100001234',
        '临床',
        '执业医师',
        '2020-01-01',
        new Date('2028-05-01'),
        '',
      ],
    ];
    const view = await checkFile(administrator, 'people', await xlsxOf(rows));
    assert.deepEqual(shortRows(view), ['2 new', '3 new', '4 changed']);
    assert.deepEqual(view.rows[2]?.changes, [
      { column: 'licenceTo', before: '2027-05-01' },
      { column: 'independentSince', before: '2010-07-01' },
    ]);
    await importAll(administrator, view);
    const { accountId: _, ...one } = (await onFile('import.one')) ?? {};
    assert.deepEqual(one, {
      licenceNumber: '110230100005678',
      category: 'clinical',
      grade: 'full',
      validFrom: '2020-01-02',
      validTo: '2027-03-04',
      independentSince: '2010-07-01',
      specialties: [],
      revision: 1,
    });
    assert.equal(await onFile('import.two'), undefined, 'nothing was said');
    const changed = await onFile(login);
    assert.deepEqual(
      [changed?.validTo, changed?.independentSince, changed?.specialties],
      ['2028-05-01', null, ['呼吸']],
    );
    const again = await checkFile(administrator, 'people', await xlsxOf(rows));
    assert.deepEqual([shortRows(again), again.steps], [['2 unchanged', '3 unchanged', '4 unchanged'], 0]);
    const without = await checkFile(
      administrator,
      'people',
      csvOf([HEAD.slice(0, 4), ['钱一', login, '医生', county.name]]),
    );
    assert.deepEqual(shortRows(without), ['2 unchanged'], 'columns that the file lacks stay');
    const trail = JSON.stringify(await server.database.read.audit.list({ limit: 50 }));
    assert.ok(trail.includes('practitioner:save'));
  });

  it('[LI2] are refused with the reason; a number of the certificate of qualification is neither shown nor kept', async () => {
    const rows = [
      HEAD,
      person('faulty.one', QUALIFICATION, '临床', '', '', '', ''),
      person('faulty.two', '12345', '外科', '主任', '2020-02-30', '43831', '明年'),
      person('faulty.three', '110230100005678', '', '', '2021-01-01', '2020-01-01', ''),
      person('faulty.four', '110230100005678', '', '', '', '', inDays(2)),
    ];
    const view = await checkFile(administrator, 'people', csvOf(rows));
    assert.deepEqual(shortRows(view), [
      '2 faulty licenceNumber/licence-number-qualification',
      '3 faulty licenceNumber/licence-number-length licenceCategory/category-unknown licenceGrade/licence-grade-unknown licenceFrom/day-wrong licenceTo/day-wrong independentSince/day-wrong',
      '4 faulty row/licence-dates',
      '5 faulty row/day-to-come',
    ]);
    assert.ok(!JSON.stringify(view).includes(QUALIFICATION));
    const kept = JSON.stringify(await server.database.read.imports.findRows(view.importId));
    assert.ok(kept.includes('faulty.one') && !kept.includes(QUALIFICATION));
  });

  it('[IM6] are exported, and imported again they change nothing', async () => {
    const { login, accountId } = await addPerson(server.database, 'physician', county.facilityId);
    await enterLicence(administrator, accountId, {
      validTo: '2029-12-31',
      category: 'chinese-medicine',
      grade: 'assistant',
    });
    const response = await administrator.fetch('/api/exports/people?format=csv&language=zh-CN');
    const [head = [], ...rows] = await readDown(response);
    const row = rows.find((cells) => cells.includes(login));
    assert.deepEqual(row?.slice(head.indexOf('执业证书编码')), [
      '110230100001234',
      '中医',
      '执业助理医师',
      '2020-01-01',
      '2029-12-31',
      '2010-07-01',
    ]);
    const view = await checkFile(administrator, 'people', csvOf([head, ...rows]));
    assert.deepEqual([view.counts.changed, view.counts.new, view.counts.faulty], [0, 0, 0]);
  });

  it('reads days in the forms that people write, and takes no other text for one', () => {
    for (const text of [
      '2027-01-31',
      '2027/1/31',
      '2027.1.31',
      '2027年1月31日',
      ' 2027 年 1 月 31 日 ',
      '20270131',
      '２０２７-01-31',
    ])
      assert.equal(findDay(text), '2027-01-31', text);
    for (const text of ['2027-02-29', '2027-13-01', '31/01/2027', '43831', '2027', '长期', '2027-1', '270131'])
      assert.equal(findDay(text), undefined, text);
  });
});
