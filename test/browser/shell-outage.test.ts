import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { carrySession, launchBrowser, openPerson } from '../support/browser.ts';
import { signIn } from '../support/client.ts';
import { placeDemoNetwork } from '../support/demo-network.ts';
import { findFreePort, type RunningProcess, startProcess } from '../support/start-process.ts';
import { submitCase } from '../support/submit-case.ts';
import { zh, zhPattern } from '../support/zh.ts';

describe('the office on a line that is slow or gone', function () {
  this.timeout(240_000);
  let dataDir: string;
  let server: RunningProcess;
  let browser: Browser;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'huizhen-outage-'));
    await placeDemoNetwork(dataDir);
    server = await startProcess('server/main.ts', [], {
      PORT: String(await findFreePort()),
      MEDIA_PORT: String(await findFreePort()),
      MEDIA_ADDRESS: '127.0.0.1',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
    });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.kill('SIGTERM');
    await rm(dataDir, { recursive: true, force: true });
  });

  it('says so at once, goes on by itself when it is back, and shows what came meanwhile', async () => {
    const { page } = await openPerson(browser, server.url);
    await page.goto('/');
    await page.locator('.demo-account', { has: page.getByText('specialist', { exact: true }) }).click();
    await page.getByRole('button', { name: zh('signIn:submit'), exact: true }).click();
    const light = page.locator('.connection-light');
    await page.locator('.connection-light[data-state="connected"]').waitFor();
    const physician = await signIn(server.url, 'county-doctor', 'huizhen-demo');
    const { caseNumber } = await submitCase(physician);
    await page.locator('.case-row', { hasText: caseNumber }).waitFor();

    await server.kill('SIGKILL');
    await page.locator('.connection-light[data-state="connecting"]').waitFor();
    assert.match((await light.textContent()) ?? '', zhPattern('link.connecting'));
    await page.locator('.connection-light[data-state="offline"]').waitFor();
    assert.equal(await page.locator('.case-row', { hasText: caseNumber }).count(), 1, 'what was there stays');

    await server.restart();
    // Before the page is back on the line: only fetching again can show this one.
    const meanwhile = await submitCase(physician);
    await page.locator('.connection-light[data-state="connected"]').waitFor();
    await page.locator('.case-row', { hasText: meanwhile.caseNumber }).waitFor();
  });

  it('asks for a case opened by its address while it still waits to hear who is signed in, and for nothing where nobody was', async () => {
    const physician = await signIn(server.url, 'county-doctor', 'huizhen-demo');
    const { consultationId } = await submitCase(physician);
    const address = `/consultations/${consultationId}/images`;
    const caseAddress = new RegExp(`/api/consultations/${consultationId}$`);

    const stranger = await openPerson(browser, server.url);
    const asked: string[] = [];
    stranger.page.on('request', (request) => asked.push(request.url()));
    await stranger.page.goto(address);
    await stranger.page.waitForURL('**/sign-in*');
    assert.deepEqual(
      asked.filter((url) => caseAddress.test(url) || /assets\/images-/.test(url)),
      [],
    );

    const { page, context } = await openPerson(browser, server.url);
    await carrySession(context, physician.cookie, server.url);
    await page.goto('/');
    await page.locator('.case-row').first().waitFor();
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/session', async (route) => {
      await held;
      await route.continue();
    });
    const caseAsked = page.waitForRequest(caseAddress);
    const codeAsked = page.waitForRequest(/assets\/images-.*js$/);
    await page.goto(address, { waitUntil: 'commit' });
    await Promise.all([caseAsked, codeAsked]);
    assert.equal(await page.locator('.images-page').count(), 0, 'nothing is shown to somebody unknown');
    answer();
    await page.locator('.images-page').waitFor();
    await stranger.context.close();
    await context.close();
  });
});
