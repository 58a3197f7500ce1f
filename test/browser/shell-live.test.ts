import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { launchBrowser, openPerson, type Person } from '../support/browser.ts';
import type { Client } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { submitCase } from '../support/submit-case.ts';

const PASSWORD = 'huizhen-demo';

/** What a person does on the sign-in page. */
async function signInAs({ page }: Person, account: string): Promise<void> {
  await page.locator('.demo-account', { has: page.getByText(account, { exact: true }) }).click();
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.locator('.top-bar').waitFor();
}

describe('the office in real browsers', function () {
  this.timeout(60_000);
  let server: RunningServer;
  let browser: Browser;
  let physician: Client;
  const people: Person[] = [];

  before(async () => {
    server = await startServer();
    browser = await launchBrowser();
    physician = await server.signIn('county-doctor');
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

  async function enter(path = '/'): Promise<Person> {
    const person = await openPerson(browser, server.url);
    people.push(person);
    await person.page.addInitScript(countStrokes);
    await person.page.goto(path);
    return person;
  }

  it('shows the sign-in page with under 300 kB on the line, whatever page was asked for', async () => {
    const person = await openPerson(browser, server.url);
    people.push(person);
    const devtools = await person.context.newCDPSession(person.page);
    await devtools.send('Network.enable');
    let receivedBytes = 0;
    devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
      receivedBytes += encodedDataLength;
    });
    await person.page.goto('/audit');
    await person.page.getByRole('button', { name: 'county-doctor' }).waitFor();
    await person.page.waitForLoadState('networkidle');
    assert.ok(receivedBytes > 50_000 && receivedBytes < 300_000, `${receivedBytes} bytes`);
  });

  it('refuses a wrong password in words, keeps the language, and leads on to the page that was asked for', async () => {
    const person = await enter('/audit');
    const { page } = person;
    await page.getByRole('textbox', { name: '账号' }).fill('auditor');
    await page.getByLabel('密码', { exact: true }).fill('not-the-password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('账号或密码不正确').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('The account or the password is wrong').waitFor();
    await page.reload();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
    await page.getByRole('textbox', { name: 'Account' }).fill('auditor');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Audit' }).waitFor();
    assert.equal(new URL(page.url()).pathname, '/audit');
  });

  it('says on every page, the viewers too, that this is a demonstration, and takes 24 pixels for it', async () => {
    const person = await enter();
    const { page } = person;
    const strip = page.getByRole('complementary', { name: '演示提示' });
    const { consultationId } = await physician.call('consultation:create');
    await strip.getByText('密码公开').waitFor();
    await signInAs(person, 'county-doctor');
    for (const path of ['/', `/consultations/${consultationId}`, `/consultations/${consultationId}/images`]) {
      await page.goto(path);
      await strip.getByText('密码公开').waitFor();
      const [stripPx, windowPx, pagePx] = await page.evaluate(() => [
        document.querySelector('.demo-strip')?.getBoundingClientRect().height,
        window.innerHeight,
        document.documentElement.scrollHeight,
      ]);
      assert.equal(stripPx, 24, path);
      if (path.endsWith('/images')) assert.equal(pagePx, windowPx, 'the viewer and the strip fill the window together');
    }
  });

  it('brings a new case onto the work list with badge, notice and a sound that can be muted, without a reload', async () => {
    const specialist = await enter();
    await signInAs(specialist, 'specialist');
    const { page } = specialist;
    await page.locator('.connection-light[data-state="connected"]').waitFor();
    const before = Number((await page.locator('.top-bar-badge [aria-hidden]').allTextContents())[0] ?? 0);
    const { caseNumber } = await submitCase(physician, { urgency: 'emergency' });
    const row = page.locator('.case-row', { hasText: caseNumber });
    await row.waitFor();
    assert.match((await row.textContent()) ?? '', /急会诊[\s\S]*张\*[\s\S]*肺占位性病变[\s\S]*待受理/);
    await page.locator('.top-bar-badge [aria-hidden]', { hasText: String(before + 1) }).waitFor();
    await page.getByText('新会诊待处理').waitFor();
    assert.equal(await page.evaluate(() => Reflect.get(window, '__strokes')), 2, 'two notes');

    await page.getByRole('button', { name: '关闭提示音' }).click();
    await page.reload();
    await page.locator('.connection-light[data-state="connected"]').waitFor();
    const { caseNumber: silent } = await submitCase(physician);
    await page.locator('.case-row', { hasText: silent }).waitFor();
    assert.equal(await page.evaluate(() => Reflect.get(window, '__strokes')), 0, 'muted, also after a reload');
  });

  it('finds a case among all by search and filters, from the keyboard, and says where nothing matches', async () => {
    const { consultationId, caseNumber } = await submitCase(physician);
    const person = await enter();
    await signInAs(person, 'county-doctor');
    const { page } = person;
    await page.locator('.ant-segmented-item', { hasText: '进行中' }).click();
    await page.locator('.case-row').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(caseNumber.slice(-7));
    await page.waitForFunction(() => document.querySelectorAll('.case-row').length === 1);
    await page.locator('.case-row').getByText('张桂兰').waitFor();
    await page.locator('.case-row').click();
    await page.waitForURL(`**/consultations/${consultationId}`);
    await page.goBack();
    const search = page.getByRole('searchbox', { name: '搜索会诊' });
    await search.waitFor();
    assert.ok(!page.url().includes(caseNumber.slice(-7)), 'what is searched stands in no address');
    await search.fill('没有这样的会诊');
    await page.getByText('没有符合条件的会诊').waitFor();
    await page.getByRole('button', { name: '清除筛选' }).first().click();
    await page.locator('.case-row').first().waitFor();

    const state = page.getByRole('combobox', { name: '全部状态' });
    const count = async (tab: string) =>
      Number(await page.locator('.ant-segmented-item', { hasText: tab }).locator('.list-count').textContent());
    const [running, finished] = [await count('进行中'), await count('已完成')];
    await state.click();
    await page.locator('.ant-select-item-option', { hasText: '待受理' }).click();
    await page.waitForFunction(
      () => document.querySelector('.ant-segmented-item-selected .list-count')?.textContent !== '',
    );
    await page.waitForFunction(() =>
      Array.from(document.querySelectorAll('.case-row')).every((row) => row.textContent?.includes('待受理')),
    );
    const submitted = await page.locator('.case-row').count();
    assert.ok(submitted > 0 && submitted <= running);
    await page.waitForFunction(
      (expected) => document.querySelector('.ant-segmented-item-selected .list-count')?.textContent === `${expected}`,
      submitted,
    );
    assert.equal(await count('已完成'), finished, 'a tab says what it will show');
    await page.locator('.ant-segmented-item', { hasText: '已完成' }).click();
    await page.waitForFunction(
      (expected) => document.querySelectorAll('.case-row').length === Math.min(expected, 50),
      finished,
    );
  });

  it('tells the second of two specialists who was first, and shows the case as it is now', async () => {
    const { consultationId } = await submitCase(physician);
    const second = await enter(`/consultations/${consultationId}`);
    await signInAs(second, 'specialist-2');
    const accept = second.page.getByRole('button', { name: '受理会诊' });
    await accept.waitFor();
    // The news of the first one's acceptance must not arrive before the second one's click: take the line away.
    const answers = await holdBackReads(second);
    const first = await server.signIn('specialist');
    const view = await first.call('consultation:read', { params: { consultationId } });
    await first.call('consultation:accept', { params: { consultationId }, body: { version: view.version } });
    await accept.click();
    await answers.letGo();
    await second.page
      .getByText(/已先行受理此会诊|没有找到此会诊/)
      .first()
      .waitFor();
    assert.equal(await accept.count(), 0);
  });

  it('takes a case off the other specialists’ lists when one has accepted it, without a reload', async () => {
    const { consultationId, caseNumber, version } = await submitCase(physician);
    const other = await enter();
    await signInAs(other, 'specialist-2');
    const row = other.page.locator('.case-row', { hasText: caseNumber });
    await row.waitFor();
    const first = await server.signIn('specialist');
    await first.call('consultation:accept', { params: { consultationId }, body: { version } });
    await row.waitFor({ state: 'detached' });
    for (const list of ['进行中', '已完成']) {
      await other.page.locator('.ant-segmented-item', { hasText: list }).click();
      assert.equal(await row.count(), 0, list);
    }
  });

  it('rings at the other hospital wherever they are, and stops in every window when it is put off in one', async () => {
    const { consultationId, caseNumber } = await submitCase(physician);
    const caller = await server.signIn('specialist');
    const { version } = await caller.call('consultation:read', { params: { consultationId } });
    await caller.call('consultation:accept', { params: { consultationId }, body: { version } });

    const one = await enter();
    await signInAs(one, 'county-doctor');
    const otherPage = await one.context.newPage();
    await otherPage.goto('/nowhere');
    await otherPage.locator('.connection-light[data-state="connected"]').waitFor();
    await one.page.locator('.connection-light[data-state="connected"]').waitFor();

    await caller.call('call:start', { params: { consultationId } });
    for (const page of [one.page, otherPage]) {
      const ring = page.getByRole('dialog', { name: '会诊呼叫' });
      await ring.waitFor();
      assert.match((await ring.textContent()) ?? '', new RegExp(`陈致远[\\s\\S]*${caseNumber}`));
      // Whoever was typing must not answer by it.
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'DIALOG');
    }
    await otherPage.getByRole('button', { name: '暂不接听' }).click();
    for (const page of [one.page, otherPage])
      await page.getByRole('dialog', { name: '会诊呼叫' }).waitFor({ state: 'detached' });
    const running = one.page.getByTestId('running-calls').locator('li', { hasText: caseNumber });
    await running.getByRole('link', { name: '进入会诊室' }).click();
    await one.page.waitForURL(`**/consultations/${consultationId}/room`);
    await one.page.goto('/');
    await one.page.locator('.connection-light[data-state="connected"]').waitFor();

    await caller.call('call:end', { params: { consultationId } });
    await caller.call('call:start', { params: { consultationId } });
    await one.page.getByRole('button', { name: '接听，进入会诊室' }).click();
    await one.page.waitForURL(`**/consultations/${consultationId}/room`);
    await caller.call('call:end', { params: { consultationId } });
  });

  it('opens the patient’s full numbers on request only, to those who answer for the case, and writes that into the record', async () => {
    const { consultationId } = await submitCase(physician);
    const specialist = await enter(`/consultations/${consultationId}`);
    await signInAs(specialist, 'specialist');
    const { page } = specialist;
    await page.getByText('110***********002X').waitFor();
    assert.equal(await page.getByRole('button', { name: '显示完整号码' }).count(), 0, 'before accepting');
    await page.getByRole('button', { name: '受理会诊' }).click();
    await page.getByRole('button', { name: '显示完整号码' }).waitFor();
    assert.doesNotMatch((await page.locator('.case-side').textContent()) ?? '', /11010519491231002X|13812345678/);
    await page.getByRole('button', { name: '显示完整号码' }).click();
    await page.getByText('11010519491231002X').waitFor();
    await page.getByText('13812345678').waitFor();
    const auditor = await server.signIn('auditor');
    const reads = await auditor.call('audit:accesses', { query: { consultationId } });
    assert.ok(reads.some(({ subjectKind, actorName }) => subjectKind === 'patient' && actorName === '陈致远'));
  });

  it('asks for a reason before it declines, and shows it to whoever asked', async () => {
    const { consultationId } = await submitCase(physician);
    const specialist = await enter(`/consultations/${consultationId}`);
    await signInAs(specialist, 'specialist');
    const requester = await enter(`/consultations/${consultationId}`);
    await signInAs(requester, 'county-doctor');
    await specialist.page.getByRole('button', { name: '退回' }).click();
    const dialog = specialist.page.getByRole('dialog');
    await dialog.getByRole('button', { name: '退回' }).click();
    await dialog.getByText('请填写原因').waitFor();
    await dialog.getByLabel('原因').fill('层厚过大，请补充薄层图像后重新申请。');
    await dialog.getByRole('button', { name: '退回' }).click();
    await requester.page.getByText('层厚过大，请补充薄层图像后重新申请。').waitFor();
    assert.match((await requester.page.locator('.case-heading-tags').textContent()) ?? '', /已退回/);
  });

  it('says why a session is over, and lets nothing of it be seen after', async () => {
    const specialist = await enter();
    await signInAs(specialist, 'specialist');
    await specialist.page.locator('.case-row').first().waitFor();
    await specialist.page.goto('/nowhere');
    await specialist.page.locator('.connection-light[data-state="connected"]').waitFor();
    await (await server.signIn('specialist')).call('session:close-all');
    await specialist.page.getByText('您已退出登录。').waitFor();
    await specialist.page.goBack();
    await specialist.page.getByRole('button', { name: '登录', exact: true }).waitFor();
    assert.equal(await specialist.page.locator('.case-row').count(), 0);
  });

  it('shows a page that says so, with a way home, for an address that leads nowhere', async () => {
    const person = await enter();
    const { page } = person;
    await signInAs(person, 'county-doctor');
    const nobodys = randomUUID();
    const gone = ['/images', '/nowhere/at/all', `/consultations/${nobodys}`, `/consultations/${nobodys}/images`];
    for (const path of gone) {
      await page.goto(path);
      await page
        .locator('.full-page-notice h1')
        .getByText(/没有找到|无法查看|不存在/)
        .waitFor();
      await page.getByRole('link', { name: '返回工作台' }).click();
      await page.waitForURL((url) => url.pathname === '/');
      await page.locator('.top-bar').waitFor();
    }
  });

  it('leaves nothing in the browser that can be read once the person is signed out, what was typed neither', async () => {
    const { consultationId } = await physician.call('consultation:create');
    const person = await enter();
    const { page } = person;
    await signInAs(person, 'county-doctor');
    await page.goto(`/consultations/${consultationId}/edit`);
    const typed = { name: '欧阳不留痕', question: '这一句话不应留在浏览器里' };
    await page.getByLabel('姓名').first().fill(typed.name);
    await page.getByLabel('会诊目的').first().fill(typed.question);
    await eventually('it is saved', async () => {
      const { patient, question } = await physician.call('consultation:read', { params: { consultationId } });
      return patient.name === typed.name && question === typed.question;
    });
    await page.goto('/');
    await page.locator('.connection-light[data-state="connected"]').waitFor();
    await (await server.signIn('county-doctor')).call('session:close-all');
    physician = await server.signIn('county-doctor');
    await page.getByRole('button', { name: '登录', exact: true }).waitFor();
    await page.evaluate(() => localStorage.setItem('kept', 'to be found'));
    const kept = await page.evaluate(readEverythingKept);
    assert.ok(kept.includes('to be found'));
    for (const text of Object.values(typed)) assert.ok(!kept.includes(text), text);
  });

  it('lets the auditor follow one case in plain words and verify the chain', async () => {
    const { consultationId, caseNumber } = await submitCase(physician);
    await (await server.signIn('specialist')).call('consultation:read', { params: { consultationId } });
    const auditor = await enter();
    await signInAs(auditor, 'auditor');
    const { page } = auditor;
    await page.getByRole('button', { name: caseNumber }).first().click();
    await page.getByRole('button', { name: `会诊 ${caseNumber}` }).waitFor();
    const rows = page.locator('.ant-table-row');
    await rows.filter({ hasText: '提交申请' }).waitFor();
    assert.ok((await rows.allTextContents()).every((text) => text.includes(caseNumber)));
    const columns = await page.locator('.ant-table-thead th').allTextContents();
    const shown = await rows.evaluateAll((found) =>
      found.map((row) =>
        [...row.querySelectorAll('td:not(.ant-table-row-expand-icon-cell)')].map((cell) => cell.textContent),
      ),
    );
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出 CSV' }).click(),
    ]);
    const taken = readCsv(await readFile(await file.path(), 'utf8'));
    const width = shown[0]?.length ?? 0;
    assert.deepEqual(taken[0]?.slice(0, width), columns.slice(-width), 'the columns of the table, in its order');
    assert.deepEqual(
      taken.slice(1).map((row) => row.slice(0, width)),
      shown,
      'its rows, and no others',
    );
    await page.getByRole('tab', { name: '访问记录' }).click();
    await rows.filter({ hasText: '陈致远' }).filter({ hasText: '受邀医院值班' }).first().waitFor();
    await page.getByRole('button', { name: '校验记录链' }).click();
    await page.getByText(/记录完整：[\d,]+ 条操作记录、[\d,]+ 条访问记录/).waitFor();
    await page.getByText(/数据库外留存签名 \d+ 个/).waitFor();
    // Whoever may write the database cuts the reads off, and their head with them.
    await server.database.query('DELETE FROM access_entry');
    await server.database.query(`UPDATE audit_head SET sequence = 0, hash = '${'0'.repeat(64)}' WHERE headId = 2`);
    await page.getByRole('button', { name: '校验记录链' }).click();
    await page.getByText(/访问记录缺失：第 1 .*时仍在/).waitFor();
  });
});

/** The rows of a table that was taken out; see csv.ts. */
function readCsv(text: string): string[][] {
  assert.ok(text.startsWith('\uFEFF') && text.endsWith('\r\n'));
  const lines = text.slice(1, -2).split('\r\n');
  return lines.map((line) =>
    line
      .slice(1, -1)
      .split('","')
      .map((cell) => cell.replaceAll('""', '"')),
  );
}

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

/** Runs in the page: all that the browser keeps for this address, as text. */
async function readEverythingKept(): Promise<string> {
  const kept: string[] = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
  // Methods: functions with names of their own need a helper that the page has not.
  const all = {
    async read(value: unknown): Promise<void> {
      if (value instanceof Blob) kept.push(await value.text());
      else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) kept.push(new TextDecoder().decode(value));
      else if (typeof value === 'object' && value !== null)
        for (const part of Object.values(value)) await all.read(part);
      else kept.push(String(value));
    },
    done<T>(request: IDBRequest<T>): Promise<T> {
      return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    },
  };
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) {
      kept.push(request.url);
      await all.read(await (await caches.match(request))?.blob());
    }
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await all.done(indexedDB.open(name));
    for (const one of database.objectStoreNames) {
      const store = database.transaction(one).objectStore(one);
      await all.read(await Promise.all([all.done(store.getAllKeys()), all.done(store.getAll())]));
    }
    database.close();
  }
  return kept.join('\n');
}

/** Counts the notes that a page plays: what reaches the loudspeaker cannot be asked for. */
function countStrokes(): void {
  Reflect.set(window, '__strokes', 0);
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (when?: number) {
    Reflect.set(window, '__strokes', Number(Reflect.get(window, '__strokes')) + 1);
    start.call(this, when);
  };
}
