import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { zhCn } from '../../client/i18n/zh-CN.ts';
import { DEMO_PASSWORD } from '../../server/demo/network.ts';
import { launchBrowser, type Person, type PersonOptions } from '../support/browser.ts';
import { acceptCase, acceptWritten } from '../support/case-journey.ts';
import type { Client } from '../support/client.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { openAs } from './form-people.ts';

const { shell, chat, room } = zhCn;

describe('what people are told, and where they find it', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let browser: Browser;
  let doctor: Client;
  let specialist: Client;
  const people: Person[] = [];

  before(async () => {
    server = await startServer();
    browser = await launchBrowser();
    [doctor, specialist] = await Promise.all([server.signIn('county-doctor'), server.signIn('specialist')]);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  afterEach(async () => {
    for (const { context } of people.splice(0)) await context.close();
  });

  async function enter(account: string, path: string, options: PersonOptions = {}): Promise<Page> {
    const person = await openAs(server, browser, account, options);
    people.push(person);
    await person.page.goto(path);
    return person.page;
  }
  const connected = (page: Page) => page.locator('.connection-light[data-state="connected"]').waitFor();
  async function sign(params: { consultationId: string }, findings = '右肺下叶结节。'): Promise<void> {
    const { version } = await specialist.call('opinion:save', {
      params,
      body: {
        findings,
        diagnosis: [{ code: 'R91', display: '肺结节' }],
        recommendations: [],
        keyImages: [],
        version: (await specialist.call('opinion:read', { params })).version,
      },
    });
    await specialist.call('report:sign', { params, body: { version, password: DEMO_PASSWORD } });
  }

  it('the bell counts what happened, lists it with its time, leads to the case, and counts nothing once it was seen', async () => {
    await doctor.call('notices:read', { body: {} });
    const page = await enter('county-doctor', '/');
    await connected(page);
    const bell = page.locator('.notice-bell');
    assert.equal(await bell.locator('.notice-count').count(), 0);
    const { consultationId, caseNumber } = await acceptWritten(doctor, specialist);
    await bell.locator('.notice-count', { hasText: '1' }).waitFor();
    await sign({ consultationId });
    const { version } = await specialist.call('consultation:read', { params: { consultationId } });
    const body = { version, kind: 'corrected' as const, reason: '左右误写' };
    await specialist.call('report:amend', { params: { consultationId }, body });
    await bell.locator('.notice-count', { hasText: '3' }).waitFor();
    await specialist.call('report:withdraw-amendment', { params: { consultationId } });
    await bell.locator('.notice-count', { hasText: '4' }).waitFor();

    await bell.click();
    const lines = page.getByTestId('notice-history').locator('li');
    const expected = [
      shell.notices.kind['amendment-withdrawn'],
      shell.notices.kind['amendment-begun'],
      shell.notices.kind.signed,
      shell.notices.kind.accepted,
    ];
    await lines.first().waitFor();
    const shown = (await lines.allTextContents()).slice(0, expected.length);
    for (const [index, words] of expected.entries()) {
      assert.ok(shown[index]?.startsWith(words), `${shown[index]} instead of ${words}`);
      assert.match(shown[index] ?? '', new RegExp(`${caseNumber}.*陈致远.*\\d{2}:\\d{2}`));
    }
    assert.equal(await page.getByTestId('notice-history').locator('li[data-unread="true"]').count(), 4);
    await lines.first().getByRole('link').click();
    await page.waitForURL(`**/consultations/${consultationId}`);
    await page.getByTestId('notice-history').waitFor({ state: 'hidden' });
    await bell.locator('.notice-count').waitFor({ state: 'detached' });
    await page.reload();
    await connected(page);
    await bell.click();
    await lines.first().waitFor();
    assert.equal(await page.getByTestId('notice-history').locator('li[data-unread="true"]').count(), 0);
  });

  it('a closed list has been seen: also what was not opened is read', async () => {
    const page = await enter('county-doctor', '/');
    await connected(page);
    await acceptWritten(doctor, specialist);
    const bell = page.locator('.notice-bell');
    await bell.locator('.notice-count', { hasText: '1' }).waitFor();
    await bell.click();
    await page.getByTestId('notice-history').locator('li').first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('h1').click();
    await bell.locator('.notice-count').waitFor({ state: 'detached' });
    assert.equal((await doctor.call('notices:list')).unread, 0);
  });

  it('a call rings at the others only when the caller has looked at camera and microphone and starts it', async () => {
    const { consultationId, caseNumber } = await acceptCase(doctor, specialist);
    const called = await enter('county-doctor', '/');
    await connected(called);
    const caller = await enter('specialist', `/consultations/${consultationId}/room`);
    await caller.getByTestId('preview').waitFor();
    await caller.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
    await caller.getByText(room.preview.calling).waitFor();
    const ring = called.getByRole('dialog', { name: shell.ring.title });
    // Long enough for a ring that is sent to arrive.
    await called.waitForTimeout(1_000);
    assert.equal(await ring.count(), 0, 'nobody is called while the caller still looks at the preview');
    assert.equal((await doctor.call('consultation:read', { params: { consultationId } })).call, null);
    await caller.getByTestId('room-enter').click();
    await ring.getByText(caseNumber).waitFor();
    await specialist.call('call:end', { params: { consultationId } });
    await ring.waitFor({ state: 'detached' });
  });

  it('whoever is in the room reads there that the report is signed', async () => {
    const { consultationId } = await acceptWritten(doctor, specialist);
    await specialist.call('call:start', { params: { consultationId } });
    const page = await enter('county-doctor', `/consultations/${consultationId}/room`);
    await page.getByTestId('room-enter').click();
    await page.getByTestId('room').waitFor();
    await sign({ consultationId });
    await page.getByText(`${shell.notices.kind.signed} · 陈致远`).waitFor();
    await specialist.call('call:end', { params: { consultationId } });
  });

  it('both sides write to each other on the case’s page, without a call', async () => {
    const { consultationId } = await acceptCase(doctor, specialist);
    const [county, province] = await Promise.all(
      ['county-doctor', 'specialist'].map((account) => enter(account, `/consultations/${consultationId}`)),
    );
    assert.ok(county && province);
    const list = (page: Page) => page.getByRole('region', { name: chat.title }).or(page.locator('.case-chat'));
    for (const [from, to, text] of [
      [county, province, '患者今晨咳血一次，约 5 mL。'],
      [province, county, '请加做增强 CT，注意肾功能。'],
    ] as const) {
      await from.getByTestId('chat-input').fill(text);
      await from.keyboard.press('Enter');
      await list(to).getByText(text).first().waitFor();
      await list(from).getByText(text).first().waitFor();
    }
    await county.reload();
    await list(county).getByText('请加做增强 CT').first().waitFor();
  });
});
