import assert from 'node:assert/strict';
import type { Person } from '../support/browser.ts';
import type { Client } from '../support/client.ts';
import { submitCase } from '../support/submit-case.ts';
import { zh, zhPattern } from '../support/zh.ts';
import { type Office, openOffice } from './office.ts';

describe('the office in real browsers', function () {
  this.timeout(180_000);
  let office: Office;
  let physician: Client;

  before(async () => {
    office = await openOffice();
    physician = await office.server.signIn('county-doctor');
  });
  after(() => office?.close());
  afterEach(() => office.leave());

  it('brings a new case onto the work list with badge, notice and a sound that can be muted, without a reload', async () => {
    const specialist = await office.enterAs('specialist');
    const { page } = specialist;
    await page.locator('.connection-light[data-state="connected"]').waitFor();
    const before = Number((await page.locator('.top-bar-badge [aria-hidden]').allTextContents())[0] ?? 0);
    const { caseNumber } = await submitCase(physician, { urgency: 'emergency' });
    const row = page.locator('.case-row', { hasText: caseNumber });
    await row.waitFor();
    assert.match(
      (await row.textContent()) ?? '',
      new RegExp(
        [zh('terms:urgency.emergency'), '张\\*', '肺占位性病变', zh('terms:state.submitted')].join('[\\s\\S]*'),
      ),
    );
    await page.locator('.top-bar-badge [aria-hidden]', { hasText: String(before + 1) }).waitFor();
    await page.getByText(zh('shell:notices.kind.arrived')).waitFor();
    assert.equal(await page.evaluate(() => Reflect.get(window, '__strokes')), 2, 'two notes');

    await page.getByRole('button', { name: zh('shell:mute') }).click();
    await page.reload();
    await page.locator('.connection-light[data-state="connected"]').waitFor();
    const { caseNumber: silent } = await submitCase(physician);
    await page.locator('.case-row', { hasText: silent }).waitFor();
    assert.equal(await page.evaluate(() => Reflect.get(window, '__strokes')), 0, 'muted, also after a reload');
  });

  it('finds a case among all by search and filters, from the keyboard, and says where nothing matches', async () => {
    const { consultationId, caseNumber } = await submitCase(physician);
    const person = await office.enterAs('county-doctor');
    const { page } = person;
    await page.locator('.ant-segmented-item', { hasText: zh('workList:tabs.running') }).click();
    await page.locator('.case-row').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(caseNumber.slice(-7));
    await page.waitForFunction(() => document.querySelectorAll('.case-row').length === 1);
    await page.locator('.case-row').getByText('张桂兰').waitFor();
    await page.locator('.case-row').click();
    await page.waitForURL(`**/consultations/${consultationId}`);
    await page.goBack();
    const search = page.getByRole('searchbox', { name: zh('workList:filter.search') });
    await search.waitFor();
    assert.ok(!page.url().includes(caseNumber.slice(-7)), 'what is searched stands in no address');
    await search.fill('没有这样的会诊');
    await page.getByText(zh('workList:empty.narrowed.title')).waitFor();
    await page
      .getByRole('button', { name: zh('workList:filter.clear') })
      .first()
      .click();
    await page.locator('.case-row').first().waitFor();

    const state = page.getByRole('combobox', { name: zh('workList:filter.state') });
    const count = async (tab: string) =>
      Number(await page.locator('.ant-segmented-item', { hasText: tab }).locator('.list-count').textContent());
    const [running, finished] = [await count(zh('workList:tabs.running')), await count(zh('workList:tabs.finished'))];
    await state.click();
    await page.locator('.ant-select-item-option', { hasText: zh('terms:state.submitted') }).click();
    await page.waitForFunction(
      () => document.querySelector('.ant-segmented-item-selected .list-count')?.textContent !== '',
    );
    await page.waitForFunction(
      (wanted) => Array.from(document.querySelectorAll('.case-row')).every((row) => row.textContent?.includes(wanted)),
      zh('terms:state.submitted'),
    );
    const submitted = await page.locator('.case-row').count();
    assert.ok(submitted > 0 && submitted <= running);
    await page.waitForFunction(
      (expected) => document.querySelector('.ant-segmented-item-selected .list-count')?.textContent === `${expected}`,
      submitted,
    );
    assert.equal(await count(zh('workList:tabs.finished')), finished, 'a tab says what it will show');
    await page.locator('.ant-segmented-item', { hasText: zh('workList:tabs.finished') }).click();
    await page.waitForFunction(
      (expected) => document.querySelectorAll('.case-row').length === Math.min(expected, 50),
      finished,
    );
  });

  it('tells the second of two specialists who was first, and shows the case as it is now', async () => {
    const { consultationId } = await submitCase(physician);
    const second = await office.enterAs('specialist-2', `/consultations/${consultationId}`);
    const accept = second.page.getByRole('button', { name: zh('case:actions.accept') });
    await accept.waitFor();
    // The news of the first one's acceptance must not arrive before the second one's click: take the line away.
    const answers = await holdBackReads(second);
    const first = await office.server.signIn('specialist');
    const view = await first.call('consultation:read', { params: { consultationId } });
    await first.call('consultation:accept', { params: { consultationId }, body: { version: view.version } });
    await accept.click();
    await answers.letGo();
    await second.page.getByText(zh('case:gone.title')).waitFor();
    assert.equal(await accept.count(), 0);
  });

  it('takes a case off the other specialists’ lists when one has accepted it, without a reload', async () => {
    const { consultationId, caseNumber, version } = await submitCase(physician);
    const other = await office.enterAs('specialist-2');
    const row = other.page.locator('.case-row', { hasText: caseNumber });
    await row.waitFor();
    const first = await office.server.signIn('specialist');
    await first.call('consultation:accept', { params: { consultationId }, body: { version } });
    await row.waitFor({ state: 'detached' });
    for (const list of [zh('workList:tabs.running'), zh('workList:tabs.finished')]) {
      await other.page.locator('.ant-segmented-item', { hasText: list }).click();
      assert.equal(await row.count(), 0, list);
    }
  });

  it('rings at the other hospital wherever they are, and stops in every window when it is put off in one', async () => {
    const { consultationId, caseNumber } = await submitCase(physician);
    const caller = await office.server.signIn('specialist');
    const { version } = await caller.call('consultation:read', { params: { consultationId } });
    await caller.call('consultation:accept', { params: { consultationId }, body: { version } });

    const one = await office.enterAs('county-doctor');
    const otherPage = await one.context.newPage();
    await otherPage.goto('/nowhere');
    await otherPage.locator('.connection-light[data-state="connected"]').waitFor();
    await one.page.locator('.connection-light[data-state="connected"]').waitFor();

    await caller.call('call:start', { params: { consultationId } });
    for (const page of [one.page, otherPage]) {
      const ring = page.getByRole('dialog', { name: zh('shell:ring.title') });
      await ring.waitFor();
      assert.match((await ring.textContent()) ?? '', new RegExp(`陈致远[\\s\\S]*${caseNumber}`));
      // Whoever was typing must not answer by it.
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'DIALOG');
    }
    await otherPage.getByRole('button', { name: zh('shell:ring.notNow') }).click();
    for (const page of [one.page, otherPage])
      await page.getByRole('dialog', { name: zh('shell:ring.title') }).waitFor({ state: 'detached' });
    const running = one.page.getByTestId('running-calls').locator('li', { hasText: caseNumber });
    await running.getByRole('link', { name: zh('workList:join') }).click();
    await one.page.waitForURL(`**/consultations/${consultationId}/room`);
    await one.page.goto('/');
    await one.page.locator('.connection-light[data-state="connected"]').waitFor();

    await caller.call('call:end', { params: { consultationId } });
    await caller.call('call:start', { params: { consultationId } });
    await one.page.getByRole('button', { name: zh('shell:ring.answer') }).click();
    await one.page.waitForURL(`**/consultations/${consultationId}/room`);
    await caller.call('call:end', { params: { consultationId } });
  });

  it('tells whoever is taken out of a case, and those who stay, by whom and why, on whatever page they are', async () => {
    const { consultationId, caseNumber } = await submitCase(physician);
    const specialist = await office.enterAs('specialist', `/consultations/${consultationId}`);
    await specialist.page.getByRole('button', { name: zh('case:actions.accept') }).click();
    await specialist.page.getByRole('button', { name: zh('case:actions.decline') }).waitFor({ state: 'detached' });
    const params = { consultationId };
    const inviting = await office.server.signIn('specialist');
    const colleagues = await inviting.call('colleagues:list', { params });
    const surgeonId = colleagues.find(({ name }) => name === '周振华')?.accountId ?? '';
    await inviting.call('consultation:invite', { params, body: { accountId: surgeonId } });
    const surgeon = await office.enterAs('surgeon', `/consultations/${consultationId}`);
    await surgeon.page.getByText('张桂兰').or(surgeon.page.getByText('张*')).first().waitFor();
    const reading = await office.enterAs('county-doctor', `/consultations/${consultationId}`);
    await reading.page.goto(`/consultations/${consultationId}/images`);
    await reading.page.getByRole('heading', { level: 1 }).waitFor();

    await specialist.page.getByRole('button', { name: zh('case:removeWhom', { name: '周振华' }) }).click();
    const dialog = specialist.page.getByRole('dialog');
    await dialog.getByLabel(zh('reasonLabel')).fill('邀请有误，非本专业');
    await dialog.getByRole('button', { name: zh('case:remove') }).click();
    await specialist.page.getByText(zh('case:done.remove', { name: '周振华' })).waitFor();
    for (const { page } of [surgeon, reading]) {
      const told = page.locator('.ant-notification-notice', { hasText: '邀请有误，非本专业' });
      await told.waitFor();
      assert.match((await told.textContent()) ?? '', new RegExp(`${caseNumber}[\\s\\S]*陈致远`));
    }
  });

  it('asks for a reason before it declines, and shows it to whoever asked', async () => {
    const { consultationId } = await submitCase(physician);
    const specialist = await office.enterAs('specialist', `/consultations/${consultationId}`);
    const requester = await office.enterAs('county-doctor', `/consultations/${consultationId}`);
    await specialist.page.getByRole('button', { name: zh('case:actions.decline') }).click();
    const dialog = specialist.page.getByRole('dialog');
    await dialog.getByRole('button', { name: zh('case:actions.decline') }).click();
    await dialog.getByText(zh('failures:reason.reason-missing')).waitFor();
    await dialog.getByLabel(zh('reasonLabel')).fill('层厚过大，请补充薄层图像后重新申请。');
    await dialog.getByRole('button', { name: zh('case:actions.decline') }).click();
    await requester.page.getByText('层厚过大，请补充薄层图像后重新申请。').waitFor();
    assert.match(
      (await requester.page.locator('.case-heading-tags').textContent()) ?? '',
      zhPattern('terms:state.declined'),
    );
  });
});

/** Keeps a page from hearing anything of the case until `letGo`: notices are dropped, reads wait. */
async function holdBackReads({ page }: Person): Promise<{ letGo: () => Promise<void> }> {
  const waiting: (() => void)[] = [];
  let held = true;
  await page.route('**/api/consultations/*', async (route) => {
    if (held && route.request().method() === 'GET') await new Promise<void>((resolve) => waiting.push(resolve));
    await route.continue();
  });
  return {
    async letGo() {
      held = false;
      for (const resume of waiting) resume();
    },
  };
}
