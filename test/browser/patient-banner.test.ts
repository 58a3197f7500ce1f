import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { ConsultationView } from '../../server/contract/index.ts';
import { carrySession, launchBrowser, openPerson } from '../support/browser.ts';
import { draftCase } from '../support/case-journey.ts';
import type { Client } from '../support/client.ts';
import { uploadFile } from '../support/images.ts';
import { slicesNaming } from '../support/series-by-hand.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { type FileByHand, waveformByHand } from '../support/waveform-by-hand.ts';
import { zh, zhPattern } from '../support/zh.ts';

const OWN = { name: 'Zhang^JianGuo=张^建国', id: 'P001', birthDate: '19600229', sex: 'M' };
const OTHER = { name: 'Wang^Fang=王^芳', id: 'P002', birthDate: '19491231', sex: 'F' };
const EXAMINED = zh('patient:examinedOn', { date: '2026年1月2日' });
const WARNING = zhPattern('patient:other', {
  files: new RegExp(`.*王芳 · ${zh('terms:sex.female')} · 1949年12月31日.*P002.*`),
  patient: ['张建国', zh('terms:sex.male'), '1960年2月29日'].join(' · '),
  fields: (['name', 'sex', 'birthDate'] as const).map((field) => zh(`patient:field.${field}`)).join(zh('patient:and')),
});
const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1366, height: 768 },
  { width: 1366, height: 420 },
  { width: 390, height: 844 },
];

describe('the patient above every picture', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let browser: Browser;
  let doctor: Client;
  let view: ConsultationView;
  let page: Page;

  /** A case with ECGs of its patient, of somebody else, and of a study with both; then a CT series whose second slice is somebody else's. */
  before(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
    doctor = await server.signIn('county-doctor');
    const { consultationId } = await draftCase(doctor);
    const send = (sopInstanceUid: string, studyInstanceUid: string, patient: NonNullable<FileByHand['patient']>) =>
      uploadFile(doctor, consultationId, ecgOf(sopInstanceUid, studyInstanceUid, patient));
    await send('2.25.501', '2.25.51', OWN);
    await send('2.25.502', '2.25.52', OTHER);
    await send('2.25.503', '2.25.53', OWN);
    await send('2.25.504', '2.25.53', OTHER);
    for (const slice of slicesNaming(61, [OWN, OTHER, OWN])) await uploadFile(doctor, consultationId, slice);
    view = await doctor.call('consultation:read', { params: { consultationId } });
    page = await openPage('zh-CN');
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  const openPage = async (language: 'zh-CN' | 'en'): Promise<Page> => {
    const { context, page: opened } = await openPerson(browser, server.url, { language });
    await carrySession(context, doctor.cookie, server.url);
    await context.addInitScript((chosen) => {
      localStorage.setItem('huizhen.language', chosen);
      window.print = () => undefined;
    }, language);
    return opened;
  };
  const banner = () => page.getByTestId('patient-banner');
  const look = async () => {
    await page.goto(`/consultations/${view.consultationId}/images`);
    await page.locator('[data-testid="review-lightbox"][data-record-id="2.25.501"]').waitFor();
  };
  const choose = async (index: number, recordId: string) => {
    await page.getByTestId('thumbnail').nth(index).click();
    await page.locator(`[data-testid="review-lightbox"][data-record-id="${recordId}"]`).waitFor();
  };

  it('is named with sex, age, case number, examination date and hospital, calmly while the file agrees', async () => {
    await look();
    assert.equal(await banner().getAttribute('data-identity'), 'same');
    const text = (await banner().textContent()) ?? '';
    const age = new Date().getFullYear() - 1960;
    const years = zhPattern('terms:age', { years: new RegExp(`(${age}|${age - 1})`) }).source;
    assert.match(text, new RegExp(`张建国${zh('terms:sex.male')} ${years}${view.caseNumber}${EXAMINED}`));
    assert.ok(text.includes(view.requester.facilityName));
    assert.equal(await banner().getByRole('alert').count(), 0);
  });

  it('warns in red and names both where the file names somebody else, and where one study names two people', async () => {
    await look();
    await choose(1, '2.25.502');
    const alert = banner().getByRole('alert');
    assert.match((await alert.textContent()) ?? '', WARNING);
    await choose(2, '2.25.503');
    assert.equal(await banner().getAttribute('data-identity'), 'several');
    assert.match((await alert.textContent()) ?? '', zhPattern('patient:several', { files: /.*张建国.*王芳.*/ }));
    await choose(3, '2.25.504');
    assert.equal(await banner().getAttribute('data-identity'), 'other');
  });

  it('turns red on the second picture of the strip, which is somebody else’s, and is calm on the first one again', async () => {
    await look();
    const warning = banner().getByRole('alert');
    for (let round = 0; round < 2; round += 1) {
      await choose(1, '2.25.502');
      assert.equal(await banner().getAttribute('data-identity'), 'other');
      assert.match((await warning.textContent()) ?? '', /王芳/);
      await choose(0, '2.25.501');
      assert.equal(await banner().getAttribute('data-identity'), 'same');
      assert.equal(await warning.count(), 0);
    }
  });

  it('warns of somebody else on just that slice of a series, however one pages to it, and never a picture too late', async () => {
    await look();
    await page.getByTestId('thumbnail').nth(4).click();
    const lightbox = page.getByTestId('review-lightbox').and(page.locator('[data-sop-instance-uid]'));
    const shows = (slice: number) => page.locator(`[data-sop-instance-uid="2.25.9.61.${slice}"]`).waitFor();
    await shows(1);
    assert.equal(await banner().getAttribute('data-identity'), 'several', 'the series names two people');
    await page.evaluate(watchBanner);
    await lightbox.focus();
    for (const [key, slice] of [
      ['ArrowDown', 2],
      ['ArrowDown', 3],
      ['ArrowUp', 2],
      ['ArrowUp', 1],
    ] as const) {
      await page.keyboard.press(key);
      await shows(slice);
    }
    await lightbox.hover();
    for (const [step, slice] of [
      [100, 2],
      [-100, 1],
    ] as const) {
      await page.mouse.wheel(0, step);
      await shows(slice);
    }
    const seen = await page.evaluate(() => (window as unknown as { __seen: string[] }).__seen);
    const expected = ['2.25.9.61.1 several', '2.25.9.61.2 other', '2.25.9.61.3 several'];
    assert.deepEqual([...new Set(seen)].sort(), expected);
    const alert = (await banner().getByRole('alert').textContent()) ?? '';
    assert.match(alert, /张建国.*王芳/, 'back on the first slice both are named again');
  });

  it('never lies over the picture, nor takes it all, however small or narrow the window', async () => {
    await look();
    await choose(1, '2.25.502');
    for (const size of SIZES) {
      await page.setViewportSize(size);
      const [head, lightbox] = [await banner().boundingBox(), await page.locator('.review-host').boundingBox()];
      assert.ok(head && lightbox, JSON.stringify(size));
      assert.ok(head.y + head.height <= lightbox.y + 0.5, `above the picture in ${JSON.stringify(size)}`);
      assert.ok(head.x + head.width <= size.width + 0.5, `not cut off in ${JSON.stringify(size)}`);
      assert.ok(lightbox.height > size.height * 0.35, `${lightbox.height} px are left in ${JSON.stringify(size)}`);
      const shown = await banner().getByRole('alert').boundingBox();
      assert.ok(shown && shown.y + shown.height <= head.y + head.height + 0.5, 'the whole warning is there');
    }
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  it('stands on a printed ECG, with the warning', async () => {
    await look();
    await choose(1, '2.25.502');
    await page.getByTestId('command-print').click();
    const head = page.frameLocator('iframe').locator('section header').first();
    assert.match(
      (await head.textContent()) ?? '',
      new RegExp(
        `张建国　${zh('terms:sex.male')}　${zhPattern('terms:age', { years: /.*/ }).source}　${view.caseNumber}　${EXAMINED}`,
      ),
    );
    assert.match((await head.locator('.warning').textContent()) ?? '', WARNING);
  });

  it('is warned of on the page of the case too, in English as well', async () => {
    page = await openPage('en');
    await page.goto(`/consultations/${view.consultationId}`);
    const warnings = page.locator('.case-mix-up');
    await warnings.first().waitFor();
    assert.equal(await warnings.count(), 3);
    assert.match(
      (await warnings.first().textContent()) ?? '',
      /Wrong patient.*王芳 · Female.*张建国 · Male.*name, sex/,
    );
  });
});

function ecgOf(sopInstanceUid: string, studyInstanceUid: string, patient: NonNullable<FileByHand['patient']>) {
  const counts = Array.from({ length: 5000 }, (_, at) => (at % 500 === 0 ? 900 : 0));
  const channels = [1, 2].map((lead) => ({ lead, sensitivity: '1', unit: 'uV' }));
  return waveformByHand([{ channels, counts: [counts, counts] }], { sopInstanceUid, studyInstanceUid, patient });
}

/** Runs in the page: which slice and which warning stood on the screen together, frame by frame. */
function watchBanner(): void {
  const seen: string[] = [];
  Object.assign(window, { __seen: seen });
  // A method: functions with names of their own need a helper that the page has not.
  const watch = {
    look() {
      const slice = document.querySelector('[data-sop-instance-uid]')?.getAttribute('data-sop-instance-uid');
      const identity = document.querySelector('[data-testid="patient-banner"]')?.getAttribute('data-identity');
      seen.push(`${slice} ${identity}`);
      requestAnimationFrame(watch.look);
    },
  };
  requestAnimationFrame(watch.look);
}
