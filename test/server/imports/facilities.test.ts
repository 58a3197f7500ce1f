import assert from 'node:assert/strict';
import { usccCheckCharacter } from '../../../server/contract/index.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { addAdministrator } from '../../support/add-administrator.ts';
import type { Client } from '../../support/client.ts';
import { checkFile, csvOf, importAll, readDown, shortRows, xlsxOf } from '../../support/import-file.ts';
import { refusal } from '../../support/refusal.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const { county, province } = demoFacilities;
const HEAD = ['机构名称', '层级', '行政区划代码', '上级机构', '统一社会信用代码', '等级'];
const uscc = (first17: string) => first17 + usccCheckCharacter(first17);
const CODE = uscc('12230125000000101');

describe('facilities and departments that are imported', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let admin: Client;
  let countyAdmin: Client;
  before(async () => {
    server = await startServer();
    admin = await server.signIn('admin');
    countyAdmin = (await addAdministrator(server)).client;
  });
  after(() => server?.close());

  const namesBelow = async (parentName: string) => {
    const all = await server.database.read.facilities.listAll();
    const parent = all.find(({ name }) => name === parentName);
    return all.filter(({ parentId }) => parentId === parent?.facilityId).map(({ name }) => name);
  };

  it('[IM1] are shown as new, changed, unchanged or faulty with the reason; nothing is done before they are imported', async () => {
    const rows = [
      HEAD,
      ['新城县人民医院', '县级', '230126', province.name, CODE, '二级'],
      ['新城县柳河镇卫生院', '乡镇', 230127, '新城县人民医院', '', ''],
      [county.name, '县级', '230125', province.name, '', '三级'],
      [province.name, '省级', '230100', '', '', '三级'],
      ['无层级医院', '特级', '230126', '', '', ''],
      ['错码医院', '县级', '23012', '', `${CODE.slice(0, 17)}#`, ''],
      ['', '县级', '230126', '没有这家', '', ''],
      ['新城县人民医院', '县级', '230126', '', CODE, ''],
    ];
    const before = await server.database.read.facilities.listAll();
    const view = await checkFile(admin, 'facilities', await xlsxOf(rows));
    assert.deepEqual(shortRows(view), [
      '2 new',
      '3 new',
      '4 changed',
      '5 changed',
      '6 faulty tier/tier-unknown',
      '7 faulty region6/region-wrong uscc18/uscc-wrong',
      '8 faulty name/missing parent/facility-unknown',
      '9 faulty row/duplicate-row/2',
    ]);
    assert.deepEqual(await server.database.read.facilities.listAll(), before);
    const { importId } = view;
    const body = { from: 0, skipFaulty: false };
    assert.equal((await refusal(admin, 'import:apply', { importId }, body)).short, 'conflict/import-has-faults');
    assert.deepEqual(await server.database.read.facilities.listAll(), before);
    await importAll(admin, view, true);
    assert.ok((await namesBelow(province.name)).includes('新城县人民医院'));
    assert.deepEqual(await namesBelow('新城县人民医院'), ['新城县柳河镇卫生院']);
  });

  it('[IM3] are as they were when the same file is imported again, in the other language and encoding too', async () => {
    const rows = [HEAD, ['再来县医院', '县级', '230127', province.name, uscc('12230127000000102'), '二级']];
    await importAll(admin, await checkFile(admin, 'facilities', csvOf(rows)));
    const before = await server.database.read.facilities.listAll();
    const english = [
      ['Level of care', 'Facility name', 'Region code', 'Parent facility', 'uscc'],
      ['County', '再来县医院', '230127', province.name, uscc('12230127000000102')],
    ];
    for (const again of [csvOf(rows), csvOf(rows, { encoding: 'gb18030' }), await xlsxOf(english)]) {
      const view = await checkFile(admin, 'facilities', again);
      assert.deepEqual([shortRows(view), view.steps], [['2 unchanged'], 0]);
      await importAll(admin, view);
    }
    assert.deepEqual(await server.database.read.facilities.listAll(), before);
  });

  it('[IM2] stand below each other in any order; whoever would lie below themselves is at fault, and those below them', async () => {
    const rows = [
      HEAD,
      ['丙村卫生室', '村', '230128', '乙乡卫生院', '', ''],
      ['乙乡卫生院', '乡镇', '230128', '甲县医院', '', ''],
      ['甲县医院', '县级', '230128', '', '', ''],
      ['环一', '乡镇', '230128', '环三', '', ''],
      ['环二', '乡镇', '230128', '环一', '', ''],
      ['环三', '乡镇', '230128', '环二', '', ''],
      ['环下', '村', '230128', '环三', '', ''],
      ['自身', '村', '230128', '自身', '', ''],
    ];
    const view = await checkFile(admin, 'facilities', csvOf(rows));
    assert.deepEqual(shortRows(view), [
      '2 new',
      '3 new',
      '4 new',
      '5 faulty parent/circular',
      '6 faulty parent/circular',
      '7 faulty parent/circular',
      '8 faulty parent/parent-faulty',
      '9 faulty parent/circular',
    ]);
    await importAll(admin, view, true);
    assert.deepEqual(await namesBelow('乙乡卫生院'), ['丙村卫生室']);
    assert.deepEqual(await namesBelow('甲县医院'), ['乙乡卫生院']);
    // What is there is turned round: each is put where it can be at that moment.
    const turned = [
      HEAD,
      ['甲县医院', '县级', '230128', '乙乡卫生院', '', ''],
      ['乙乡卫生院', '乡镇', '230128', '', '', ''],
    ];
    await importAll(admin, await checkFile(admin, 'facilities', csvOf(turned)));
    assert.ok((await namesBelow('乙乡卫生院')).includes('甲县医院'));
  });

  it('[IM2] are an administrator’s own and those below: a row outside of the remit is at fault with that reason', async () => {
    const rows = [
      HEAD,
      ['青溪县东乡卫生院', '乡镇', '230125', county.name, '', ''],
      ['外县卫生院', '乡镇', '230125', province.name, '', ''],
      ['顶层医院', '县级', '230125', '', '', ''],
      [province.name, '省级', '230125', '', '', ''],
      [county.name, '县级', '230125', '甲县医院', '', ''],
    ];
    const view = await checkFile(countyAdmin, 'facilities', csvOf(rows));
    assert.deepEqual(shortRows(view), [
      '2 new',
      '3 faulty parent/outside-remit',
      '4 faulty parent/outside-remit',
      '5 faulty row/outside-remit',
      '6 faulty parent/not-yours',
    ]);
    const { importId } = view;
    const foreign = await refusal(admin, 'import:read', { importId });
    assert.equal(foreign.short, 'not-found/import-expired');
    await importAll(countyAdmin, view, true);
    assert.ok((await namesBelow(county.name)).includes('青溪县东乡卫生院'));
  });

  it('[IM4] are not imported where somebody changed them after the check: nothing of that part is done', async () => {
    const rows = [
      HEAD,
      ['后来医院', '县级', '230129', '', '', ''],
      [county.name, '县级', '230125', province.name, '', '一级'],
    ];
    const view = await checkFile(admin, 'facilities', csvOf(rows));
    const { facilityId } = county;
    const { draft, version } = await admin.call('facility:read', { params: { facilityId } });
    const body = { ...draft, shortName: '另改', version };
    await admin.call('facility:save', { params: { facilityId }, body });
    const { importId } = view;
    const refused = await refusal(admin, 'import:apply', { importId }, { from: 0, skipFaulty: false });
    assert.deepEqual([refused.short, refused.fields], ['conflict/import-outdated', ['line 3']]);
    const all = await server.database.read.facilities.listAll();
    assert.ok(!all.some(({ name }) => name === '后来医院'));
  });

  it('[IM5] leave one act with its counts, and in the history of each what was changed and by whom', async () => {
    const rows = [HEAD, ['有记录医院', '县级', '230129', '', '', '']];
    const view = await checkFile(admin, 'facilities', csvOf(rows));
    await importAll(admin, view);
    const [created, applied] = await server.database.read.audit.list({ limit: 2 });
    assert.deepEqual([applied?.action, applied?.subjectId, applied?.detail['new']], ['import:apply', view.importId, 1]);
    assert.equal(created?.action, 'facility:create');
    const params = { facilityId: created?.subjectId ?? '' };
    const history = await admin.call('facility:history', { params });
    assert.ok(history[0]?.changes.some(({ field, after }) => field === 'name' && after === '有记录医院'));
  });

  it('[IM6] come down as a table that changes nothing when it is imported again, and as an empty template', async () => {
    for (const kind of ['facilities', 'departments'] as const) {
      for (const [client, format, language] of [
        [admin, 'csv', 'zh-CN'],
        [admin, 'xlsx', 'en'],
        [countyAdmin, 'csv-gb18030', 'zh-CN'],
      ] as const) {
        const down = await client.fetch(`/api/exports/${kind}?format=${format}&language=${language}`);
        const view = await checkFile(client, kind, new Uint8Array(await down.arrayBuffer()));
        assert.ok(view.rows.length > 1);
        const states = new Set(view.rows.map(({ state }) => state));
        assert.deepEqual([...states], ['unchanged'], `${kind} ${format} ${shortRows(view).join('; ')}`);
      }
      const template = await admin.fetch(`/api/import-templates/${kind}?format=csv&language=zh-CN`);
      assert.equal((await readDown(template)).length, 1);
    }
  });

  it('[IM2] have departments added and changed, by the facility; those that the file does not name stay', async () => {
    const rows = [
      ['机构', '科室名称', '诊疗科目代码', '对外会诊'],
      [county.name, '心电图室', '', '是'],
      [county.name, '急诊科', '20', '否'],
      [county.name, '急诊科', '', ''],
      [county.name, '怪科', '99.99', '也许'],
      ['没有这家', '内科', '03', ''],
    ];
    const of = async () => (await server.database.read.facilities.find(county.facilityId))?.departments ?? [];
    const before = await of();
    const view = await checkFile(countyAdmin, 'departments', csvOf(rows));
    assert.deepEqual(shortRows(view), [
      '2 new',
      '3 new',
      '4 faulty row/duplicate-row/3',
      '5 faulty answers/not-a-word code/specialty-code-unknown',
      '6 faulty facility/facility-unknown',
    ]);
    await importAll(countyAdmin, view, true);
    const after = await of();
    for (const { name } of before)
      assert.ok(
        after.some((one) => one.name === name),
        name,
      );
    assert.deepEqual(
      after.filter(({ name }) => name === '心电图室' || name === '急诊科').map(({ code, answers }) => [code, answers]),
      [
        [null, true],
        ['20', false],
      ],
    );
  });
});
