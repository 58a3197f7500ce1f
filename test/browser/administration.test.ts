import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { demoFacilityId } from '../../server/demo/facilities.ts';
import { demoFacilities } from '../../server/demo/network.ts';
import { assertAccessible } from '../support/accessible.ts';
import { type Administrator, addAdministrator } from '../support/add-administrator.ts';
import { carrySession, launchBrowser, openPerson, type Person, type PersonOptions } from '../support/browser.ts';
import type { Client } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { PDF } from '../support/facility-world.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';

const COUNTY = demoFacilities.county;
const SCREENS = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
];

describe('administering facilities, agreements and alliances', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let browser: Browser;
  let platform: Client;
  let county: Administrator;
  const people: Person[] = [];

  before(async () => {
    server = await startServer();
    browser = await launchBrowser();
    platform = await server.signIn('admin');
    county = await addAdministrator(server);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  afterEach(async () => {
    const leaving = people.splice(0);
    await Promise.all(leaving.map(({ context }) => context.close()));
    for (const { faults } of leaving)
      assert.deepEqual(
        faults.filter((fault) => !fault.includes('Failed to load resource')),
        [],
      );
  });

  async function enter(client: Client, path: string, options: PersonOptions = {}): Promise<Page> {
    const person = await openPerson(browser, server.url, options);
    people.push(person);
    await carrySession(person.context, client.cookie, server.url);
    await person.page.goto(path);
    return person.page;
  }
  const facilityPath = (facilityId: string) => `/administration/facilities/${facilityId}`;
  const field = (page: Page, name: 'shortName' | 'uscc18') =>
    page.getByLabel(zh(`administration:facility.${name}`), { exact: true });
  const isSaved = (page: Page) => page.locator('[data-testid="save-state"][data-kind="saved"]').waitFor();
  const shortNameOf = async (facilityId: string) =>
    (await platform.call('facility:read', { params: { facilityId } })).draft.shortName;

  it('shows an administrator what is theirs, is moved by keys, and saves as one types', async () => {
    const page = await enter(county.client, '/');
    await page.waitForURL('**/administration/facilities/*');
    const tree = page.getByRole('tree', { name: zh('administration:tree.label') });
    const items = tree.getByRole('treeitem');
    await items.first().waitFor();
    assert.match((await items.first().textContent()) ?? '', new RegExp(COUNTY.name));
    assert.equal(await items.filter({ hasText: demoFacilities.province.name }).count(), 0);
    await items.first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${facilityPath(COUNTY.facilityId)}`);

    await field(page, 'shortName').fill('青溪总医院');
    await isSaved(page);
    await eventually('it is stored', async () => (await shortNameOf(COUNTY.facilityId)) === '青溪总医院');
    await field(page, 'uscc18').fill('12100000400000624E');
    await page.getByText(zh('administration:facility.problems.uscc18')).waitFor();
    await page.locator('[data-testid="save-state"][data-kind="refused"]').waitFor();
    await field(page, 'uscc18').fill('12100000400000624d');
    await isSaved(page);
    const stored = await platform.call('facility:read', { params: { facilityId: COUNTY.facilityId } });
    assert.equal(stored.draft.uscc18, '12100000400000624D');
    assert.equal(
      await page
        .getByLabel(zh('administration:facility.region.county'), { exact: true })
        .locator('option:checked')
        .textContent(),
      '宾县',
    );

    await page.getByRole('tab', { name: zh('administration:tabs.history') }).click();
    await page.locator('.history-table tbody tr').filter({ hasText: '青溪总医院' }).first().waitFor();
    await page.getByLabel(zh('administration:tree.search')).fill('下湾');
    await eventually('the tree is narrowed', async () => (await items.count()) === 3);
    await page.getByLabel(zh('administration:tree.search')).fill('没有这样的机构');
    await page.getByText(zh('administration:tree.noMatch')).waitFor();
  });

  it('tells the second of two editors, shows both texts and saves what they choose', async () => {
    const { facilityId } = COUNTY;
    const [one, other] = await Promise.all([
      enter(county.client, facilityPath(facilityId)),
      enter(platform, facilityPath(facilityId)),
    ]);
    await field(other, 'shortName').waitFor();
    await field(one, 'shortName').fill('青溪县医院');
    await isSaved(one);
    await eventually('it is stored', async () => (await shortNameOf(facilityId)) === '青溪县医院');
    await field(other, 'shortName').fill('青溪中心医院');
    const conflict = other.getByTestId('draft-conflict');
    await conflict.waitFor();
    const text = (await conflict.textContent()) ?? '';
    for (const shown of ['青溪县医院', '青溪中心医院']) assert.ok(text.includes(shown), shown);
    assert.equal(await shortNameOf(facilityId), '青溪县医院', 'nothing is saved before the choice');
    await other.getByTestId('conflict-mine').click();
    await isSaved(other);
    assert.equal(await shortNameOf(facilityId), '青溪中心医院');
  });

  it('adds a facility and its departments, moves it, closes it and opens it again', async () => {
    const page = await enter(county.client, facilityPath(COUNTY.facilityId));
    const act = (name: 'add-below' | 'move' | 'close' | 'reopen') =>
      page.getByRole('button', { name: zh(`administration:facility.actions.${name}`), exact: true });
    await act('add-below').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(zh('administration:facility.name')).fill('青溪县白沙乡卫生院');
    await dialog.getByRole('button', { name: zh('administration:facility.add'), exact: true }).click();
    await page.getByRole('heading', { name: '青溪县白沙乡卫生院' }).waitFor();
    await page.getByRole('tab', { name: zh('administration:tabs.departments') }).click();
    await page.getByRole('button', { name: zh('administration:facility.department.add') }).click();
    await page.getByRole('textbox', { name: zh('administration:facility.department.name') }).fill('全科');
    await page.getByLabel(zh('administration:facility.department.code')).selectOption('02');
    await isSaved(page);
    await act('move').click();
    await dialog.getByLabel(zh('administration:facility.move.to')).click();
    await page.keyboard.type('石桥镇中心');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: zh('administration:facility.move.confirm') }).click();
    await page.getByText(`${zh('administration:facility.parent')}：青溪县石桥镇中心卫生院`).waitFor();
    await act('close').click();
    await dialog.getByRole('textbox').fill('并点');
    await dialog.getByRole('button', { name: zh('administration:facility.close.confirm'), exact: true }).click();
    await page.getByText(zh('administration:readOnly')).waitFor();
    await act('reopen').click();
    await isSaved(page);
  });

  it('two administrators bring an agreement into force: written, its paper added, confirmed by both', async () => {
    const page = await enter(county.client, '/administration/agreements');
    await page.getByRole('button', { name: zh('administration:agreement.add') }).click();
    const dialog = page.getByRole('dialog');
    for (const [side, name] of [
      ['inviting', COUNTY.name],
      ['invited', '鹤鸣市中心'],
    ] as const) {
      await dialog.getByLabel(zh(`administration:agreement.${side}`)).click();
      await page.keyboard.type(name);
      await page.locator('.ant-select-item-option-active').filter({ hasText: name, visible: true }).waitFor();
      await page.keyboard.press('Enter');
    }
    await dialog.getByRole('button', { name: zh('administration:facility.add'), exact: true }).click();
    await page.waitForURL(/agreements\/[0-9a-f-]{36}/);
    const address = new URL(page.url()).pathname;
    await page.getByRole('checkbox', { name: zh('terms:caseKind.video') }).check();
    const price = page.getByLabel(`${zh('terms:caseKind.video')} ${zh('administration:agreement.price')}`);
    await price.fill('abc');
    await page.getByText(zh('administration:agreement.problems.price')).waitFor();
    await price.fill('128.50');
    await page
      .getByTestId('signed-copy-file')
      .setInputFiles({ name: '协议.pdf', mimeType: 'application/pdf', buffer: PDF });
    await page.getByRole('link', { name: /协议\.pdf/ }).waitFor();
    const sign = (at: Page, side: 'inviting' | 'invited') =>
      at
        .getByRole('button', {
          name: zh('administration:agreement.signFor', { side: zh(`administration:agreement.${side}`) }),
        })
        .click();
    await sign(page, 'inviting');
    await page.getByText('冯守正').first().waitFor();
    assert.equal(
      await page
        .getByRole('button', {
          name: zh('administration:agreement.signFor', { side: zh('administration:agreement.invited') }),
        })
        .count(),
      0,
    );

    const city = await addAdministrator(server, demoFacilityId(12), '高远');
    const other = await enter(city.client, address);
    await sign(other, 'invited');
    await other.locator('.agreement-state[data-state="valid"]').waitFor();
    const agreementId = address.split('/').at(-1) ?? '';
    const { draft, state } = await platform.call('agreement:read', { params: { agreementId } });
    assert.deepEqual([state, draft.services], ['valid', [{ kind: 'video', priceFen: 12_850 }]]);
    const download = other.waitForEvent('download');
    await other.getByRole('link', { name: /协议\.pdf/ }).click();
    assert.equal((await download).suggestedFilename(), '协议.pdf');
  });

  it('marks agreements that run out, narrows and sorts the table, and says when there is none', async () => {
    const page = await enter(platform, '/administration/agreements');
    const rows = page.locator('.ant-table-tbody tr.ant-table-row');
    await rows.first().waitFor();
    assert.ok((await page.locator('.agreement-state[data-state="soon"]').count()) >= 3);
    await page.getByLabel(zh('administration:agreement.search')).fill('双塔');
    await eventually('the table is narrowed', async () => (await rows.count()) === 1);
    await page.getByRole('combobox', { name: zh('administration:agreement.state') }).selectOption('valid');
    await page.getByText(zh('administration:agreement.none')).waitFor();
    await page.reload();
    await page.getByText(zh('administration:agreement.none')).waitFor();
  });

  it('says who may refer to whom in an alliance', async () => {
    const page = await enter(county.client, '/administration/alliances');
    await page.getByRole('link', { name: /县域医共体/ }).click();
    await page.getByRole('tab', { name: zh('administration:tabs.referrals') }).click();
    const [from, to] = ['青溪县城关镇卫生院', '青溪县石桥镇中心卫生院'];
    await page.getByRole('button', { name: zh('administration:alliance.fromTo', { from, to }) }).click();
    await page.getByRole('checkbox', { name: zh('administration:alliance.referralKinds.examination') }).check();
    await isSaved(page);
    const [line] = (await county.client.call('alliances:list')).filter(({ name }) => name.includes('医共体'));
    assert.ok(line);
    const { draft } = await platform.call('alliance:read', { params: { allianceId: line.allianceId } });
    assert.ok(
      draft.referrals.some(
        ({ fromId, toId, kinds }) =>
          fromId === demoFacilityId(31) && toId === demoFacilityId(32) && kinds.join() === 'examination',
      ),
    );
  });

  it('has no barrier on either screen, in either language', async () => {
    const alliances = await platform.call('alliances:list');
    const { agreements } = await platform.call('agreements:list', { query: { state: 'draft' } });
    const pages: [path: string, ready: string, tabs: number][] = [
      [facilityPath(COUNTY.facilityId), '[data-testid="save-state"]', 3],
      ['/administration/agreements', '.ant-table-row', 0],
      [`/administration/agreements/${agreements[0]?.agreementId}`, '[data-testid="save-state"]', 2],
      [`/administration/alliances/${alliances[0]?.allianceId}`, '[data-testid="save-state"]', 4],
    ];
    for (const [index, screen] of SCREENS.entries()) {
      const page = await enter(platform, '/', screen);
      await page.locator('.top-bar').waitFor();
      await page.evaluate(
        (language) => localStorage.setItem('huizhen.language', language),
        index === 0 ? 'zh-CN' : 'en',
      );
      for (const [path, ready, tabs] of pages) {
        await page.goto(path);
        await page.locator(ready).first().waitFor();
        await assertAccessible(page, `${path} ${screen.width}`);
        for (let tab = 1; tab < tabs; tab += 1) {
          await page.getByRole('tab').nth(tab).click();
          await page.getByRole('tabpanel').first().waitFor();
          await assertAccessible(page, `${path} ${screen.width}, tab ${tab + 1}`);
        }
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
        );
        assert.equal(wide, false, `${path} ${screen.width} is as wide as the screen`);
      }
    }
  });

  it('is not there for others, and says so', async () => {
    const doctor = await server.signIn('county-doctor');
    const page = await enter(doctor, '/administration/facilities');
    await page.getByText(zh('noPermission.title')).waitFor();
    assert.equal(await page.getByRole('link', { name: zh('shell:nav.administration') }).count(), 0);
  });
});
