import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { en } from '../../client/i18n/en.ts';
import { DEMO_PASSWORD } from '../../server/demo/network.ts';
import { loadedBy, packagesOf, readImportGraph } from '../structure/import-graph.ts';
import { zh } from '../support/zh.ts';
import { type Office, openOffice } from './office.ts';

const PACKAGE = new URL('../../package.json', import.meta.url);

describe('what a browser is sent at first', function () {
  this.timeout(180_000);
  let office: Office;

  before(async () => {
    office = await openOffice();
  });
  after(() => office?.close());
  afterEach(() => office.leave());

  it('shows the sign-in page with under 255 kB on the line in either language, whatever page was asked for', async () => {
    for (const language of ['zh-CN', 'en']) {
      const { page, context } = await office.enter('about:blank');
      await context.addInitScript((chosen) => localStorage.setItem('huizhen.language', chosen), language);
      const devtools = await context.newCDPSession(page);
      await devtools.send('Network.enable');
      let receivedBytes = 0;
      devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
        receivedBytes += encodedDataLength;
      });
      await page.goto('/audit');
      await page.getByRole('button', { name: 'county-doctor' }).waitFor();
      await page.waitForLoadState('networkidle');
      assert.ok(receivedBytes > 50_000 && receivedBytes < 255_000, `${receivedBytes} bytes`);
    }
  });

  it('goes on from the sign-in page only when the texts of the next one are there, and has them in the other language as well', async () => {
    const { page } = await office.enter('/sign-in');
    let letThemCome = () => {};
    const come = new Promise<void>((resolve) => {
      letThemCome = resolve;
    });
    const OTHER_TEXTS = /\/assets\/other-texts-[^/]*\.js$/;
    await page.route(OTHER_TEXTS, async (route) => {
      await come;
      await route.continue();
    });
    await page.getByRole('button', { name: 'English' }).click();
    const asked = page.waitForRequest(OTHER_TEXTS);
    const code = page.waitForResponse(/\/assets\/work-list-[^/]*\.js$/);
    const signedIn = page.waitForResponse(
      (response) => response.url().endsWith('/api/session') && response.request().method() === 'POST',
    );
    await page.getByRole('textbox', { name: en.signIn.account }).fill('county-doctor');
    await page.getByLabel(en.signIn.password, { exact: true }).fill(DEMO_PASSWORD);
    await page.keyboard.press('Enter');
    await Promise.all([asked, signedIn, code]);
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted))));
    assert.ok(await page.getByRole('heading', { name: en.signIn.title, exact: true }).isVisible());
    letThemCome();
    await page.getByRole('heading', { name: en.workList.title, exact: true }).waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('heading', { name: zh('workList:title'), exact: true }).waitFor();
  });

  it('hands out the licences of all packages that its pages contain', async () => {
    const answer = await fetch(`${office.server.url}/third-party-notices.txt`);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain/);
    const notices = new Map(
      (await answer.text()).split(/\n={80}\n\n/).map((one) => [one.split(/[ \n]/, 1)[0] ?? '', one]),
    );
    const { dependencies, devDependencies } = JSON.parse(await readFile(PACKAGE, 'utf8'));
    const imported = [...loadedBy(readImportGraph(), 'client/main.tsx')].flatMap(packagesOf);
    const names = new Set(
      imported
        .flatMap((specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? [])
        .filter((name) => name in dependencies || name in devDependencies),
    );
    assert.ok(names.size > 20, 'the whole client is looked at');
    for (const name of [...names, 'scheduler', '@rc-component/table'])
      assert.match(notices.get(name) ?? '', /^Licence: \S/m, `${name} is named, with its licence`);
    assert.match(notices.get('openseadragon') ?? '', /Redistributions in binary form must reproduce/);
    for (const library of ['CharLS', 'libjpeg-turbo', 'OpenJPEG', 'OpenJPH'])
      assert.ok(notices.get('Compiled')?.includes(library), `${library}, compiled into a codec`);
  });
});
