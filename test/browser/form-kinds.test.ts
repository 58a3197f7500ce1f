import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { stripPhotograph } from '../../server/formats/document/photograph.ts';
import { launchBrowser, type Person } from '../support/browser.ts';
import { draftCase } from '../support/case-journey.ts';
import type { Client } from '../support/client.ts';
import { dataPath } from '../support/data.ts';
import { CT_SERIES } from '../support/images.ts';
import { pdfByHand } from '../support/pdf-by-hand.ts';
import { jpegByHand, SECRETS } from '../support/photograph-by-hand.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { tiffByHand } from '../support/tiff-by-hand.ts';
import { waveformByHand } from '../support/waveform-by-hand.ts';
import { zh, zhPattern } from '../support/zh.ts';
import { openAs, openForm } from './form-people.ts';

const CT = dataPath(`${CT_SERIES}/ct_001.dcm`);
const ECG = dataPath('dicom/derived/ecg_12lead_JS20000_zh.dcm');
const SVS = dataPath('pathology/CMU-1-Small-Region.svs');

const made = (name: string, bytes: Uint8Array) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(bytes),
});

const choose = (page: Page, files: Parameters<ReturnType<Page['getByTestId']>['setInputFiles']>[0]) =>
  page.getByTestId('upload-files').setInputFiles(files);

const phase = (page: Page, wanted: string) =>
  page.locator(`[data-testid=upload-progress][data-phase=${wanted}]`).waitFor();

describe('adding images, ECGs, slides and documents from the form', function () {
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
  });

  it('a CT, an ECG and an SVS chosen together: whose each is gets checked, and each is listed in its own units', async () => {
    const { page, client, faults } = doctor;
    const { consultationId, version } = await draftCase(client);
    await openForm(page, consultationId);
    await choose(page, [CT, ECG, SVS]);
    const found = page.getByTestId('upload-found');
    const [series, image, ecg, slide] = [
      zh('terms:seriesCount', { count: 1 }),
      zh('terms:pictureCount.imaging', { count: 1 }),
      zh('terms:pictureCount.ecg', { count: 1 }),
      zh('terms:pictureCount.pathology', { count: 1 }),
    ];
    for (const text of [image, ecg, 'CMU-1-Small-Region.svs']) await found.getByText(text).waitFor();
    await page.getByTestId('upload-start').click();
    await found.getByText(zh('uploads:found.confirmFirst')).waitFor();
    for (const tick of await page.getByTestId('upload-same-patient').all()) await tick.check();
    await page.getByTestId('upload-start').click();
    await found.getByText(zh('uploads:found.confirmSlidesFirst')).waitFor();
    await page.getByTestId('upload-slides-same-patient').check();
    await page.getByTestId('upload-start').click();
    await phase(page, 'finished');

    const attached = page.getByTestId('upload-attached');
    for (const text of [`${series} · ${image}`, ecg, `${slide} · 1.9 MB`]) await attached.getByText(text).waitFor();
    const { materials } = await client.call('consultation:read', { params: { consultationId } });
    assert.deepEqual(new Set(materials.map(({ kind }) => kind)), new Set(['imaging', 'ecg', 'pathology']));
    await client.call('consultation:submit', { params: { consultationId }, body: { version } });
    await page.goto(`/consultations/${consultationId}`);
    const panel = page.getByRole('region', { name: zh('newCase:sections.materials') });
    for (const text of [
      zh('terms:pictureKind.imaging'),
      zh('terms:pictureKind.ecg'),
      zh('terms:pictureKind.pathology'),
    ])
      await panel.getByText(text, { exact: true }).waitFor();
    // The slide names nobody; the ECG names somebody else, the CT somebody of another age.
    const mixUp = zhPattern('patient:other', { files: /.+/, patient: /.+/, fields: /.+/ });
    assert.equal(await panel.getByText(mixUp).count(), 2);
    assert.deepEqual(faults, []);
  });

  it('a case of nothing but a slide is sent', async () => {
    const { page, client } = doctor;
    const { consultationId, version } = await draftCase(client);
    await openForm(page, consultationId);
    await choose(page, SVS);
    await page.getByTestId('upload-slides-same-patient').check();
    await page.getByTestId('upload-start').click();
    await page.getByTestId('upload-attached').getByText('CMU-1-Small-Region.svs').waitFor();
    const { state } = await client.call('consultation:submit', { params: { consultationId }, body: { version } });
    assert.equal(state, 'submitted');
  });

  it('an ECG that has no calibration is named before anything is sent, a picture that is no slide when it was looked into', async () => {
    const { page, client } = doctor;
    const { consultationId } = await draftCase(client);
    await openForm(page, consultationId);
    const channels = [{ lead: 1, unit: 'uV', sensitivity: undefined }];
    await choose(page, [
      made('ecg.dcm', waveformByHand([{ channels, counts: [[1, 2, 3, 4]] }])),
      made('strips.svs', tiffByHand([{ width: 64, height: 64, strips: true }])),
      made('cut.tif', tiffByHand([{ width: 512, height: 512, tile: 256 }]).subarray(0, 100)),
      made('note.svs', Buffer.from('not a slide at all')),
    ]);
    const leftOut = page.getByTestId('upload-left-out');
    await leftOut.getByText(zh('uploads:leftOut.reasons.waveform-uncalibrated')).waitFor();
    await leftOut.getByText(zh('uploads:leftOut.reasons.not-dicom')).waitFor();
    await page.getByTestId('upload-slides-same-patient').check();
    await page.getByTestId('upload-start').click();
    await phase(page, 'stuck');
    const refused = page.locator('.upload-files li[data-state=refused]');
    await refused.filter({ hasText: 'strips.svs' }).getByText(zh('failures:reason.slide-not-tiled')).waitFor();
    await refused.filter({ hasText: 'cut.tif' }).getByText(zh('failures:reason.file-truncated')).waitFor();
  });

  it('a laboratory sheet and a photograph go up once it is said whose they are; place, time and device stay behind', async () => {
    const { page, client, faults } = doctor;
    const { consultationId } = await draftCase(client);
    await openForm(page, consultationId);
    const photograph = await jpegByHand({ width: 400, height: 300, orientation: 6 });
    await page.getByTestId('upload-camera').setInputFiles(made('IMG_0001.jpg', photograph));
    const found = page.getByTestId('upload-document-files');
    await found.getByText(zh('terms:documentType.photograph'), { exact: true }).waitFor();
    await page.getByTestId('upload-stripped').getByText(zh('uploads:documents.stripped')).waitFor();
    await page.getByRole('button', { name: zh('uploads:found.discard') }).click();
    await choose(page, [made('检验报告.pdf', pdfByHand({ pages: [{}, {}] })), made('IMG_0001.jpg', photograph)]);
    await found.getByText(zh('terms:pageCount', { count: 2 })).waitFor();
    await page.getByTestId('upload-start').click();
    await page.getByText(zh('uploads:found.confirmDocumentsFirst')).waitFor();
    await page.getByTestId('upload-documents-same-patient').check();
    await page.getByTestId('upload-start').click();
    await phase(page, 'finished');
    const attached = page.getByTestId('upload-attached');
    for (const text of [
      '检验报告.pdf',
      `${zh('terms:documentType.pdf')} · ${zh('terms:pageCount', { count: 2 })}`,
      'IMG_0001.jpg',
    ])
      await attached.getByText(text).first().waitFor();
    const { materials } = await client.call('consultation:read', { params: { consultationId } });
    const documents = materials.flatMap((material) => (material.kind === 'documents' ? material.documents : []));
    const stored = documents.find(({ type }) => type === 'photograph');
    const path = `/api/consultations/${consultationId}/documents/${stored?.documentId}`;
    const bytes = Buffer.from(await (await client.fetch(path)).arrayBuffer());
    for (const secret of SECRETS) assert.ok(!bytes.includes(secret), secret);
    assert.deepEqual(bytes, Buffer.from(stripPhotograph('jpeg', photograph)));
    assert.deepEqual(faults, []);
  });

  it('what is locked, cut, or of a form that not everybody can show, is left out with what to do', async () => {
    const { page, client } = doctor;
    const { consultationId } = await draftCase(client);
    await openForm(page, consultationId);
    const sheet = pdfByHand({ pages: [{}] });
    await choose(page, [
      made('locked.pdf', pdfByHand({ pages: [{}], password: 'secret' })),
      made('cut.pdf', sheet.subarray(0, sheet.length - 30)),
      made('IMG_0002.HEIC', Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(40)])),
      made('病历.docx', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(26), Buffer.from('word/document.xml')])),
    ]);
    const leftOut = page.getByTestId('upload-left-out');
    for (const reason of [
      'pdf-encrypted',
      'file-truncated',
      'photograph-format-unsupported',
      'office-format-unsupported',
    ] as const)
      await leftOut
        .getByText(zh(`uploads:leftOut.reasons.${reason}`))
        .first()
        .waitFor();
  });

  it('goes on with what an earlier version of the page had kept of a CT', async () => {
    const { page, client } = doctor;
    const { consultationId } = await draftCase(client);
    await page.goto('/');
    await page.getByRole('link', { name: zh('shell:nav.workList') }).waitFor();
    await page.evaluate(async (caseId) => {
      const { person } = await (await fetch('/api/session')).json();
      const opening = indexedDB.open('huizhen-uploads');
      await new Promise((resolve) => {
        opening.onsuccess = resolve;
      });
      const owner = `${person.accountId}:1-2`;
      const sha256 = '0'.repeat(64);
      const series = { studyInstanceUid: '1.2', studyDescription: '', studyDate: '', seriesInstanceUid: '1.2.3' };
      const label = { ...series, modality: 'CT', seriesNumber: 1, seriesDescription: 'kept earlier' };
      const job = { consultationId: caseId, name: 'IM1', sizeBytes: 10, sha256, series: label };
      const key = `${owner}/${caseId}/${sha256}`;
      const writing = opening.result.transaction('entries', 'readwrite');
      writing.objectStore('entries').put({ key, owner, job, stored: false, keptAtMs: Date.now() });
      await new Promise((resolve) => {
        writing.oncomplete = resolve;
      });
      opening.result.close();
    }, consultationId);
    await openForm(page, consultationId);
    await phase(page, 'stuck');
    await page.getByTestId('upload-progress').getByText('kept earlier').waitFor();
    await page.getByTestId('upload-progress').getByText(zh('uploads:progress.state.missing')).waitFor();
  });
});
