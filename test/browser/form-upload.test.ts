import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { launchBrowser, type Person } from '../support/browser.ts';
import { draftCase, submitCase } from '../support/case-journey.ts';
import type { Client } from '../support/client.ts';
import { dataPath, readData } from '../support/data.ts';
import { CT_SERIES, listData } from '../support/images.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh, zhPattern } from '../support/zh.ts';
import { cutLine, mendLine, openAs, openForm } from './form-people.ts';

/** As if every chunk took a while: otherwise loopback is through before anything can happen to it. */
const CHUNK_DELAY_MS = 120;

const slowly = async (route: Route): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, CHUNK_DELAY_MS));
  // The page may have gone meanwhile.
  await route.continue().catch(() => undefined);
};

const scans: string[] = [];

const slowLine = (context: BrowserContext) => context.route('**/api/uploads/**', slowly);
/** What had to be seen was seen. */
const quickLine = (context: BrowserContext) => context.unroute('**/api/uploads/**', slowly);

/**
 * The CT as another scan of the same size: a hospital's archive that has the bytes already needs none of them sent. All UIDs
 * begin alike; one digit of that beginning makes them others.
 */
async function anotherScan(digit: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhen-ct-'));
  for (const path of await listData(CT_SERIES)) {
    const text = Buffer.from(await readData(path)).toString('latin1');
    const changed = text.replaceAll('1.3.6.1.4.1.14519.', `1.3.6.1.4.1.1451${digit}.`);
    await writeFile(join(folder, basename(path)), Buffer.from(changed, 'latin1'));
  }
  scans.push(folder);
  return folder;
}

async function choose(page: Page, folder: string): Promise<void> {
  await page.getByTestId('upload-folder').setInputFiles(folder);
  await page.getByTestId('upload-found').or(page.getByTestId('upload-left-out')).first().waitFor();
}

const phase = (page: Page, wanted: string) =>
  page.locator(`[data-testid=upload-progress][data-phase=${wanted}]`).waitFor();

describe('uploading images from the form', function () {
  this.timeout(240_000);
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
    for (const folder of scans) await rm(folder, { recursive: true, force: true });
  });

  async function imagesOf(consultationId: string): Promise<number> {
    const { materials } = await doctor.client.call('consultation:read', { params: { consultationId } });
    const series = materials.flatMap((material) => (material.kind === 'imaging' ? material.series : []));
    return series.reduce((sum, { instanceCount }) => sum + instanceCount, 0);
  }

  it('shows studies and series before anything is sent, warns of another patient, and sends only after that is settled', async () => {
    const { page } = doctor;
    const { consultationId } = await draftCase(doctor.client);
    await openForm(page, consultationId);
    let requests = 0;
    page.on('request', (request) => {
      if (/upload/.test(request.url())) requests += 1;
    });
    await choose(page, dataPath(CT_SERIES));
    const found = page.getByTestId('upload-found');
    await found.getByText(zh('terms:pictureCount.imaging', { count: 40 })).waitFor();
    // The files are of a woman, the request is for a man.
    await found.getByText(zh('uploads:patient.differs')).waitFor();
    await page.getByTestId('upload-start').click();
    await found.getByText(zh('uploads:found.confirmFirst')).waitFor();
    assert.equal(requests, 0);
    await page.getByTestId('upload-same-patient').check();
    await page.getByTestId('upload-start').click();
    // The long list is gone; what became of it is before the reader's eyes, not somewhere above.
    await page.getByTestId('upload-progress').waitFor();
    const shown = await page.getByTestId('upload-progress').evaluate((element) => element.getBoundingClientRect().top);
    assert.ok(shown >= 0 && shown < 768, `the progress is at ${shown} px`);
    await phase(page, 'finished');
    assert.equal(await imagesOf(consultationId), 40);
    await page
      .getByTestId('upload-attached')
      .getByText(zh('terms:pictureCount.imaging', { count: 40 }))
      .waitFor();
  });

  it('a whole CD: patients parted, the index and everything that is no image left out with its reason', async () => {
    const { page } = doctor;
    const { consultationId } = await draftCase(doctor.client);
    const cd = await mkdtemp(join(tmpdir(), 'huizhen-cd-'));
    try {
      const ct = await readData(`${CT_SERIES}/ct_001.dcm`);
      await mkdir(join(cd, 'IMAGES'));
      await writeFile(join(cd, 'DICOMDIR'), 'a list of files');
      await writeFile(join(cd, 'autorun.inf'), '[autorun]');
      await writeFile(join(cd, 'IMAGES', 'IM1'), ct);
      await writeFile(join(cd, 'IMAGES', 'IM1 copy'), ct);
      await writeFile(join(cd, 'IMAGES', 'IM2'), ct.subarray(0, 200_000));
      await writeFile(join(cd, 'IMAGES', 'IM3'), '');
      await writeFile(join(cd, 'IMAGES', 'IM4'), await readData('dicom/charset/chrX2.dcm'));
      await openForm(page, consultationId);
      await choose(page, cd);
      await page.getByText(zh('uploads:patient.several', { count: 2 })).waitFor();
      const leftOut = page.getByTestId('upload-left-out');
      for (const reason of ['index', 'not-dicom', 'duplicate', 'file-truncated', 'file-empty'] as const)
        await leftOut.getByText(zh(`uploads:leftOut.reasons.${reason}`)).waitFor();
      assert.equal(
        await page
          .getByTestId('upload-found')
          .getByText(zh('terms:pictureCount.imaging', { count: 1 }))
          .count(),
        2,
      );
    } finally {
      await rm(cd, { recursive: true, force: true });
    }
  });

  it('goes on after a reload in the middle, without choosing again and without sending a byte twice', async () => {
    const { page, context } = doctor;
    const { consultationId } = await draftCase(doctor.client);
    const scan = await anotherScan(0);
    await openForm(page, consultationId);
    await slowLine(context);
    const sent: string[] = [];
    page.on('requestfinished', (request) => {
      if (request.method() === 'PUT' && /\/bytes\?offset=/.test(request.url())) sent.push(request.url());
    });
    await choose(page, scan);
    await page.getByTestId('upload-same-patient').check();
    await page.getByTestId('upload-start').click();
    await page
      .getByTestId('upload-progress')
      .getByText(zhPattern('uploads:progress.files', { stored: /· [3-9]/, count: 40 }))
      .waitFor();
    await page.reload();
    await phase(page, 'sending');
    await quickLine(context);
    await phase(page, 'finished');
    assert.equal(await imagesOf(consultationId), 40);
    // Three were under way when the page went; nobody can know which of them arrived.
    const again = sent.length - new Set(sent).size;
    assert.ok(again <= 3, `chunks sent again: ${again}`);
    assert.ok(sent.length > 100, `chunks seen: ${sent.length}`);
  });

  it('waits when the line goes and continues by itself when it is back, also from another page', async () => {
    const { page, context } = doctor;
    const { consultationId } = await draftCase(doctor.client);
    const scan = await anotherScan(1);
    await openForm(page, consultationId);
    await slowLine(context);
    await choose(page, scan);
    await page.getByTestId('upload-same-patient').check();
    await page.getByTestId('upload-start').click();
    await phase(page, 'sending');
    await cutLine(context);
    await phase(page, 'waiting');
    await page.getByRole('link', { name: zh('shell:nav.workList') }).click();
    await page.getByText(zh('uploads:status.waiting')).waitFor();
    await mendLine(context);
    const sending = page.getByText(zhPattern('uploads:status.sending', { percent: /\d+/ }));
    await sending.waitFor();
    await quickLine(context);
    await sending.waitFor({ state: 'detached' });
    assert.equal(await imagesOf(consultationId), 40);
  });

  it('pauses and goes on when told', async () => {
    const { page, context } = doctor;
    const { consultationId } = await draftCase(doctor.client);
    const scan = await anotherScan(2);
    await openForm(page, consultationId);
    await slowLine(context);
    await choose(page, scan);
    await page.getByTestId('upload-same-patient').check();
    await page.getByTestId('upload-start').click();
    await page
      .getByTestId('upload-progress')
      .getByRole('button', { name: zh('uploads:progress.pause') })
      .click();
    await phase(page, 'paused');
    const images = await imagesOf(consultationId);
    await quickLine(context);
    await page
      .getByTestId('upload-progress')
      .getByRole('button', { name: zh('uploads:progress.resume') })
      .click();
    await phase(page, 'finished');
    assert.equal(await imagesOf(consultationId), 40);
    assert.ok(images < 40);
  });

  it('without room for copies says so, and after a reload asks for the folder and sends only the rest', async () => {
    const { page, context } = doctor;
    const { consultationId } = await draftCase(doctor.client);
    const scan = await anotherScan(3);
    await context.addInitScript(() => {
      navigator.storage.estimate = async () => ({ quota: 0, usage: 0 });
    });
    await openForm(page, consultationId);
    await slowLine(context);
    await choose(page, scan);
    await page.getByTestId('upload-same-patient').check();
    await page.getByTestId('upload-start').click();
    await page.getByText(zh('uploads:progress.leaveNoRoom')).waitFor();
    await page
      .getByTestId('upload-progress')
      .getByText(zhPattern('uploads:progress.files', { stored: /· [3-9]/, count: 40 }))
      .waitFor();
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await quickLine(context);
    await phase(page, 'stuck');
    await page.getByText(zhPattern('uploads:progress.missing', { count: /\d+/ })).waitFor();
    await choose(page, scan);
    await page.getByTestId('upload-same-patient').check();
    await page.getByTestId('upload-start').click();
    await phase(page, 'finished');
    assert.equal(await imagesOf(consultationId), 40);
  });

  it('signing out leaves no picture behind in the browser', async () => {
    const { page, context } = doctor;
    const { consultationId } = await draftCase(doctor.client);
    const scan = await anotherScan(4);
    await openForm(page, consultationId);
    await slowLine(context);
    await choose(page, scan);
    await page.getByTestId('upload-same-patient').check();
    await page.getByTestId('upload-start').click();
    await phase(page, 'sending');
    const kept = () =>
      page.evaluate(async () => {
        const opening = indexedDB.open('huizhen-uploads');
        await new Promise((resolve) => {
          opening.onsuccess = resolve;
        });
        const counting = opening.result.transaction('bytes').objectStore('bytes').count();
        await new Promise((resolve) => {
          counting.onsuccess = resolve;
        });
        opening.result.close();
        return counting.result;
      });
    while ((await kept()) === 0) await page.waitForTimeout(50);
    await page.getByRole('button', { name: zh('shell:person') }).click();
    await page.getByText(zh('shell:signOut'), { exact: true }).click();
    await page.waitForURL('**/sign-in**');
    while ((await kept()) > 0) await page.waitForTimeout(50);
  });

  it('images are added to a case that is submitted already', async () => {
    const { page } = doctor;
    const { consultationId } = await submitCase(doctor.client);
    await page.goto(`/consultations/${consultationId}`);
    await page.getByTestId('upload-more').click();
    const [first] = await listData(CT_SERIES);
    await page.getByTestId('upload-files').setInputFiles(dataPath(first ?? ''));
    await page.getByTestId('upload-same-patient').check();
    await page.getByTestId('upload-start').click();
    await phase(page, 'finished');
    assert.equal(await imagesOf(consultationId), 1);
  });
});
