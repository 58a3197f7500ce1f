import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser, type Person } from '../support/browser.ts';
import { acceptCase, completeDraft } from '../support/case-journey.ts';
import type { Client } from '../support/client.ts';
import { readData } from '../support/data.ts';
import { CT_SERIES, listData, uploadFile } from '../support/images.ts';
import { jpegByHand } from '../support/photograph-by-hand.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';
import { openAs, openForm, saved } from './form-people.ts';

type Present = Person & { client: Client };

/** A stroke from corner to corner, as a finger draws it. */
async function draw(page: Page, pad: Locator): Promise<void> {
  await pad.scrollIntoViewIfNeeded();
  const box = (await pad.boundingBox()) ?? assert.fail('no pad');
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  await page.mouse.move(...at(0.2, 0.7));
  await page.mouse.down();
  for (const [x, y] of [
    [0.35, 0.25],
    [0.5, 0.75],
    [0.8, 0.3],
  ] as const)
    await page.mouse.move(...at(x, y), { steps: 4 });
  await page.mouse.up();
}

/** How many pixels of what was drawn are dark, of all. */
const inkOf = (page: Page) =>
  page.locator('.consent-picture').evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 128) dark += 1;
    return dark;
  });

describe('a consent', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let browser: Browser;
  let doctor: Present;
  before(async () => {
    server = await startServer();
    browser = await launchBrowser();
    doctor = await openAs(server, browser, 'county-doctor', { width: 390, height: 844 });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  it('of a child is signed by the guardian on a narrow screen, survives a reload, and goes when its content changes', async () => {
    const { page, client } = doctor;
    const { patient: _, consent: __, ...rest } = completeDraft;
    const child = {
      name: '王小雨',
      sex: 'female' as const,
      birthDate: '2019-06-01',
      idNumber: '230125201906010026',
      phone: '13800001234',
    };
    const { consultationId, version } = await client.call('consultation:create');
    await client.call('consultation:save', {
      params: { consultationId },
      body: { ...rest, patient: child, consent: null, version },
    });
    await openForm(page, consultationId);
    // A minor: asked for without being opened.
    assert.equal(await page.getByTestId('has-guardian').isChecked(), true);
    await page.getByLabel(zh('newCase:guardian.name')).fill('王建军');
    await page.locator('#field-patient-guardian-relation').selectOption('parent');
    await page.getByLabel(zh('newCase:guardian.phone')).fill('13912345678');
    await page.locator('input[name=consent-scope][value=teach]').check();
    await page.locator('input[name=signer][value=guardian]').check();
    assert.equal(await page.getByLabel(zh('consents:signerName')).inputValue(), '王建军');
    await page.locator('input[name=consent-method][value=drawn]').check();
    await draw(page, page.getByTestId('signature-pad'));
    await page.getByRole('button', { name: zh('consents:pad.keep') }).click();
    await page.locator('.consent-picture').waitFor();
    assert.ok((await inkOf(page)) > 2000);
    await saved(page);

    await page.reload();
    await page.locator('.consent-picture').waitFor();
    assert.ok((await inkOf(page)) > 2000, 'the server has it');
    await page.locator('input[name=consent-scope][value=record]').check();
    await page.getByTestId('signature-pad').waitFor();
    await draw(page, page.getByTestId('signature-pad'));
    await page.getByRole('button', { name: zh('consents:pad.keep') }).click();
    await page.locator('.consent-picture').waitFor();
    await page.getByTestId('form-submit').click();
    await page.waitForURL(`**/consultations/${consultationId}`);
    const view = await client.call('consultation:read', { params: { consultationId } });
    assert.deepEqual(
      view.consents.map(({ signer, method, scopes }) => [signer, method, scopes]),
      [['guardian', 'drawn', ['consult', 'teach', 'record']]],
    );
    assert.equal(view.patient.guardian?.name, '王建军');
    await page.getByRole('button', { name: zh('consents:openEvidence') }).click();
    assert.ok((await inkOf(page)) > 2000);
  });

  it('that was signed on paper is photographed, without the place where', async () => {
    const { page, client } = doctor;
    const { consultationId } = await acceptCase(client, await server.signIn('specialist'));
    await page.goto(`/consultations/${consultationId}`);
    await page.getByRole('button', { name: zh('consents:give') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: zh('consents:giveDialog.confirm'), exact: true }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.locator('input[name=consent-scope][value=share]').check();
    await dialog.locator('input[name=consent-method][value=photo]').check();
    const buffer = Buffer.from(await jpegByHand());
    await dialog.getByTestId('consent-photo').setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer });
    await dialog.locator('.consent-picture').waitFor();
    await dialog.getByRole('button', { name: zh('consents:giveDialog.confirm'), exact: true }).click();
    await page.getByText(zh('consents:giveDialog.done')).waitFor();
    const { consentedScopes } = await client.call('consultation:read', { params: { consultationId } });
    assert.deepEqual(consentedScopes, ['consult', 'share']);
  });

  it('is taken back while the specialist looks at the images: they are out at once and told why, the case is cancelled', async () => {
    const { page, client } = doctor;
    const specialist = await openAs(server, browser, 'specialist', { width: 1366, height: 768 });
    const { consultationId, caseNumber } = await acceptCase(client, specialist.client);
    for (const path of (await listData(CT_SERIES)).slice(0, 3))
      await uploadFile(client, consultationId, await readData(path));
    await specialist.page.goto(`/consultations/${consultationId}/images`);
    await specialist.page.getByTestId('review-lightbox').first().waitFor();

    await page.goto(`/consultations/${consultationId}`);
    await page.getByRole('button', { name: zh('consents:withdraw') }).click();
    const dialog = page.getByRole('dialog');
    // The only one that there is stands chosen, with what follows from it.
    await dialog.getByText(zh('consents:withdrawDialog.consultOpen')).waitFor();
    await dialog.getByRole('button', { name: zh('consents:withdrawDialog.confirm'), exact: true }).click();
    await dialog.getByText(zh('consents:withdrawDialog.missingReason')).waitFor();
    await dialog.getByLabel(zh('consents:withdrawDialog.reason')).fill('患者口头提出');
    await dialog.getByRole('button', { name: zh('consents:withdrawDialog.confirm'), exact: true }).click();
    await page.getByTestId('consent-withdrawn').waitFor();
    await page.getByText(zh('terms:state.cancelled')).first().waitFor();

    await specialist.page.getByText(zh('consents:notice.out', { caseNumber })).waitFor();
    await specialist.page.getByText(zh('case:gone.title')).waitFor();
    assert.equal(await specialist.page.getByTestId('review-lightbox').count(), 0, 'no picture is left on the screen');
    await page.getByRole('button', { name: zh('case:viewers.open') }).click();
    const viewers = page.getByRole('dialog');
    await viewers.locator('.case-viewer').first().waitFor();
    assert.ok(!(await viewers.innerText()).includes('陈致远'));
    await viewers.getByText(zh('consents:accessEnded', { at: '§' }).split('§')[1] ?? '').waitFor();
  });
});
