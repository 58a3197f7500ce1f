import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser, type Person } from '../support/browser.ts';
import { meetCase } from '../support/case-journey.ts';
import type { Client } from '../support/client.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';
import { cutLine, mendLine, openAs, openForm, saved } from './form-people.ts';

describe('text that the server does not have yet', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let browser: Browser;
  let doctor: Person & { client: Client };

  before(async () => {
    server = await startServer();
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    doctor = await openAs(server, browser, 'county-doctor');
  });
  afterEach(() => doctor?.context.close());
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  const read = (consultationId: string) => doctor.client.call('consultation:read', { params: { consultationId } });
  const newDraft = async () => (await doctor.client.call('consultation:create')).consultationId;
  const question = (page: Page) => page.getByLabel(zh('newCase:fields.question'));
  const kept = (page: Page) =>
    page.evaluate(() =>
      Object.entries(localStorage).filter(
        ([key]) => key.startsWith('huizhen.draft.') || key.startsWith('huizhen.chat.'),
      ),
    );
  /** Only writing is held up, so that pages still open. */
  const holdWrites = (context: BrowserContext) =>
    context.route('**/api/consultations/*', (route) =>
      route.request().method() === 'PUT' ? route.abort('connectionfailed') : route.continue(),
    );

  it('two windows: different fields are put together, the same field is asked about', async () => {
    const { page, context } = doctor;
    const consultationId = await newDraft();
    const other = await context.newPage();
    await openForm(page, consultationId);
    await openForm(other, consultationId);
    await cutLine(context);
    await page.getByLabel(zh('newCase:fields.patient.name'), { exact: true }).fill('王芳');
    await page.getByLabel(zh('newCase:fields.question')).fill('是否手术？');
    await other.getByLabel(zh('newCase:fields.patient.phone')).fill('13800001234');
    await other.getByLabel(zh('newCase:fields.question')).fill('是否穿刺？');
    await mendLine(context);
    const asked = await Promise.race(
      [page, other].map(async (one) => {
        await one.getByTestId('draft-conflict').waitFor();
        return one;
      }),
    );
    const mine = await asked.getByLabel(zh('newCase:fields.question')).inputValue();
    await asked.getByTestId('conflict-mine').click();
    await saved(asked);
    const { question, patient } = await read(consultationId);
    assert.deepEqual([question, patient.name, patient.phone], [mine, '王芳', '13800001234']);
  });

  it('two windows: of several fields that both changed each is chosen by itself, from the keyboard', async () => {
    const { page, context } = doctor;
    const consultationId = await newDraft();
    const other = await context.newPage();
    await openForm(page, consultationId);
    await openForm(other, consultationId);
    await cutLine(context);
    const typed = new Map([
      [page, { question: '是否手术？', history: '咳嗽两月', phone: '13800001234' }],
      [other, { question: '是否穿刺？', history: '咳嗽三月，痰中带血', phone: '13900005678' }],
    ]);
    for (const [window, { question, history, phone }] of typed) {
      await window.getByLabel(zh('newCase:fields.question')).fill(question);
      await window.getByLabel(zh('newCase:fields.historySummary')).fill(history);
      await window.getByLabel(zh('newCase:fields.patient.phone')).fill(phone);
    }
    await mendLine(context);
    const asked = await Promise.race(
      [page, other].map(async (one) => {
        await one.getByTestId('draft-conflict').waitFor();
        return one;
      }),
    );
    const [here, there] = [typed.get(asked), typed.get(asked === page ? other : page)];
    assert.ok(here && there);
    const choice = asked.getByTestId('draft-conflict');
    for (const text of [...Object.values(here), ...Object.values(there)]) await choice.getByText(text).waitFor();
    const apply = choice.getByTestId('conflict-apply');
    assert.equal(await apply.isDisabled(), true, 'nothing is decided for the person');
    const side = (field: string, label: string) =>
      choice.getByRole('group', { name: field }).getByRole('radio', { name: label });
    for (const [field, keys] of [
      [zh('newCase:fields.patient.phone'), ['Space']],
      [zh('newCase:fields.question'), ['Space', 'ArrowDown']],
      [zh('newCase:fields.historySummary'), ['Space']],
    ] as const) {
      await side(field, zh('newCase:conflict.mine')).focus();
      for (const key of keys) await asked.keyboard.press(key);
    }
    assert.deepEqual(
      [
        await side(zh('newCase:fields.patient.phone'), zh('newCase:conflict.mine')).isChecked(),
        await side(zh('newCase:fields.question'), zh('newCase:conflict.theirs')).isChecked(),
        await side(zh('newCase:fields.historySummary'), zh('newCase:conflict.mine')).isChecked(),
      ],
      [true, true, true],
    );
    await apply.focus();
    await asked.keyboard.press('Enter');
    await saved(asked);
    const view = await read(consultationId);
    assert.deepEqual(
      [view.question, view.historySummary, view.patient.phone],
      [there.question, here.history, here.phone],
    );
  });

  it('behind an open question outlives the other window’s saves, a reload, and the browser', async () => {
    const { page, context } = doctor;
    const consultationId = await newDraft();
    const other = await context.newPage();
    await openForm(page, consultationId);
    await openForm(other, consultationId);
    await cutLine(context);
    await question(page).fill('是否手术？');
    await question(other).fill('是否穿刺？');
    await mendLine(context);
    const asked = await Promise.race(
      [page, other].map(async (one) => {
        await one.getByTestId('draft-conflict').waitFor();
        return one;
      }),
    );
    const free = asked === page ? other : page;
    const mine = await question(asked).inputValue();
    await free.getByLabel(zh('newCase:fields.historySummary')).fill('咳嗽两月');
    await saved(free);
    assert.equal((await kept(asked)).length, 1, 'the copy of the window that waits is still there');
    await free.close();
    await asked.reload();
    await asked.getByTestId('draft-conflict').waitFor();
    assert.equal(await question(asked).inputValue(), mine);

    const storageState = await context.storageState();
    await context.close();
    const again = await browser.newContext({ storageState, baseURL: server.url, locale: 'zh-CN' });
    const page2 = await again.newPage();
    await openForm(page2, consultationId);
    await page2.getByTestId('draft-conflict').waitFor();
    assert.equal(await question(page2).inputValue(), mine);
    await page2.getByTestId('conflict-mine').click();
    await saved(page2);
    const view = await read(consultationId);
    assert.deepEqual([view.question, view.historySummary], [mine, '咳嗽两月']);
    assert.deepEqual(await kept(page2), [], 'once it is saved, no copy stays');
    await again.close();
  });

  it('is saved when signing out in the very moment it was typed', async () => {
    const { page } = doctor;
    const consultationId = await newDraft();
    await openForm(page, consultationId);
    await question(page).fill('右肺结节性质？');
    await page.getByRole('button', { name: zh('shell:person') }).click();
    await page.getByText(zh('shell:signOut'), { exact: true }).click();
    await page.waitForURL('**/sign-in*');
    doctor.client = await server.signIn('county-doctor');
    assert.equal((await read(consultationId)).question, '右肺结节性质？');
    assert.deepEqual(await kept(page), []);
  });

  it('that cannot be saved is named before signing out: stay, or give it up', async () => {
    const { page, context } = doctor;
    const consultationId = await newDraft();
    const { caseNumber } = await read(consultationId);
    await openForm(page, consultationId);
    await holdWrites(context);
    await question(page).fill('是否手术？');
    const signOut = async () => {
      await page.getByRole('button', { name: zh('shell:person') }).click();
      await page.getByText(zh('shell:signOut'), { exact: true }).click();
      await page.getByRole('dialog').getByText(caseNumber).waitFor();
    };
    await signOut();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: zh('shell:unsaved.stay') })
      .click();
    assert.equal(await question(page).inputValue(), '是否手术？');
    await signOut();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: zh('shell:unsaved.discard') })
      .click();
    await page.waitForURL('**/sign-in*');
    assert.deepEqual(await kept(page), [], 'what was given up is gone from this computer');
  });

  it('waits, unreadable to others, after signing out everywhere from another machine', async () => {
    const { page, context } = doctor;
    const consultationId = await newDraft();
    await openForm(page, consultationId);
    await holdWrites(context);
    await page.getByLabel(zh('newCase:fields.historySummary')).fill('咳嗽两月，痰中带血。');
    await page.locator('[data-testid=save-state][data-kind=retrying]').waitFor();
    await doctor.client.call('session:close-all');
    await page.waitForURL('**/sign-in*');
    const copies = await kept(page);
    assert.equal(copies.length, 1);
    assert.doesNotMatch(JSON.stringify(copies), /咳嗽|5L.+95/, 'what lies on the computer is encrypted');

    const signIn = async (account: string) => {
      await page.goto('/sign-in');
      await page.getByLabel(zh('signIn:account')).first().fill(account);
      await page.getByLabel(zh('signIn:password'), { exact: true }).fill('huizhen-demo');
      await page.locator('.sign-in-submit').click();
      await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    };
    await signIn('county-coordinator');
    await page.locator('.top-bar').waitFor();
    assert.equal(await page.getByTestId('left-texts').count(), 0, 'the next person hears nothing of it');
    await page.evaluate(() => fetch('/api/session', { method: 'DELETE' }));
    await context.unrouteAll();
    await signIn('county-doctor');
    await page
      .getByTestId('left-texts')
      .getByRole('link', { name: zh('shell:unsaved.open') })
      .click();
    await page.getByLabel(zh('newCase:fields.historySummary')).waitFor();
    assert.equal(await page.getByLabel(zh('newCase:fields.historySummary')).inputValue(), '咳嗽两月，痰中带血。');
    await saved(page);
    doctor.client = await server.signIn('county-doctor');
    assert.equal((await read(consultationId)).historySummary, '咳嗽两月，痰中带血。');
  });

  it('of an opinion is taken up by the window that stays open', async () => {
    const specialist = await openAs(server, browser, 'specialist');
    try {
      const { consultationId } = await meetCase(doctor.client, specialist.client);
      const { page, context } = specialist;
      const other = await context.newPage();
      for (const one of [page, other]) {
        await one.goto(`/consultations/${consultationId}/opinion`);
        await one.getByTestId('opinion').waitFor();
      }
      await context.route('**/api/consultations/*/opinion', (route) =>
        route.request().method() === 'PUT' ? route.abort('connectionfailed') : route.continue(),
      );
      await page.getByLabel(zh('opinion:findings')).fill('右下肺结节。');
      await page.locator('[data-testid=save-state][data-kind=retrying]').waitFor();
      await page.close();
      await other.waitForFunction(
        () => document.querySelector<HTMLTextAreaElement>('.opinion-findings')?.value === '右下肺结节。',
      );
      await context.unrouteAll();
      await other.reload();
      await saved(other);
      const { findings } = await specialist.client.call('opinion:read', { params: { consultationId } });
      assert.equal(findings, '右下肺结节。');
    } finally {
      await specialist.context.close();
    }
  });
});
