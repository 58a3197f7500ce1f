import assert from 'node:assert/strict';
import canonicalize from 'canonicalize';
import type { Browser } from 'playwright-core';
import { isSignatureValid } from '../../server/accounts/signing.ts';
import type { Annotation } from '../../server/contract/index.ts';
import {
  decodedFrames,
  fetchInPage,
  launchBrowser,
  openPerson,
  type Person,
  receivedAudioBytes,
} from '../support/browser.ts';
import { ellipseByHand, readCtFiles, referenceHash } from '../support/ct-by-hand.ts';
import { rises } from '../support/eventually.ts';
import { hashOf } from '../support/images.ts';
import { imagingOf, imagingViewport } from '../support/imaging-parts.ts';
import {
  addImages,
  DEMO_PASSWORD,
  signInAs,
  submitApplication,
  waitForUploads,
  writeApplication,
} from '../support/journey.ts';
import { textOfPdf } from '../support/pdf-text.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh, zhPattern } from '../support/zh.ts';
import { assertPicturesFillPage } from './printed-report.ts';
import { assertSamePicture, deskIn, type ViewerDesk } from './viewer-desk.ts';

/** A page's review panel. */
const deskOf = ({ page }: Person): ViewerDesk => deskIn(page, page.getByTestId('review-panel'));

/**
 * The whole of what the service is for, once, by two people (and a third) in browsers of their own, in the order in which it
 * happens: each step stands on the one before.
 */
describe('one real consultation, end to end', function () {
  this.timeout(240_000);
  this.bail(true);
  let server: RunningServer;
  let browser: Browser;
  let doctor: Person;
  let specialist: Person;
  let casePath: string;

  before(async () => {
    server = await startServer();
    browser = await launchBrowser();
    doctor = await openPerson(browser, server.url);
    specialist = await openPerson(browser, server.url);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  it('1: both sign in; the language is switched and remembered', async () => {
    await signInAs(doctor.page, 'county-doctor');
    await signInAs(specialist.page, 'specialist');
    await specialist.page.getByRole('button', { name: 'English' }).click();
    await specialist.page
      .getByText('Worklist', { exact: false })
      .or(specialist.page.getByText('Work list', { exact: false }))
      .first()
      .waitFor();
    await specialist.page.reload();
    assert.equal(await specialist.page.evaluate(() => document.documentElement.lang), 'en');
    await specialist.page.getByRole('button', { name: '中文' }).click();
    await specialist.page.locator('.connection-light[data-state="connected"]').waitFor();
  });

  it('2: the county physician writes a case, drags a CT folder in, and submits', async () => {
    await writeApplication(doctor.page);
    await addImages(doctor.page);
    await waitForUploads(doctor.page);
    casePath = (await submitApplication(doctor.page)).replace(/\/edit$/, '');
    await doctor.page.getByText(zh('terms:state.submitted')).first().waitFor();
  });

  it('3: it arrives at the specialist without a reload, is read, looked at alone, accepted and started; the county side rings', async () => {
    const { page } = specialist;
    await page.getByText('王*').first().waitFor();
    await page.locator('.top-bar-badge').first().waitFor();
    await page.goto(casePath);
    await page.getByText('右上肺结节性质').waitFor();
    await page.getByText(zh('case:actions.review')).first().click();
    await deskOf(specialist).whenFull();
    assert.equal(await page.getByTestId('thumbnail').count(), 1);
    await page.goto(casePath);
    await page.getByRole('button', { name: zh('case:actions.accept') }).click();
    await page.getByText(zh('case:actions.start-call')).first().click();
    await page.getByTestId('room-enter').click();
    await page.getByTestId('review-panel').waitFor();
    await doctor.page.goto('/');
    await doctor.page
      .getByRole('dialog', { name: zh('shell:ring.title') })
      .getByRole('button', { name: zh('shell:ring.answer') })
      .click();
  });

  it('4: they check their devices, then see and hear each other, and write', async () => {
    await doctor.page.getByTestId('preview').waitFor();
    await doctor.page.getByTestId('level').waitFor();
    assert.deepEqual(await decodedFrames(doctor.page), 0, 'nothing flows before entering');
    await doctor.page.getByTestId('room-enter').click();
    for (const { page } of [doctor, specialist]) {
      await rises('decoded frames', 20, () => decodedFrames(page));
      await rises('bytes of voice', 1000, () => receivedAudioBytes(page));
    }
    await doctor.page.getByTestId('chat-input').fill('患者咳嗽两月，昨日起痰中带血。');
    await doctor.page.getByTestId('chat-send').click();
    await specialist.page.getByTestId('chat-message').getByText('昨日起痰中带血').waitFor();
    await doctor.page.getByTestId('toggle-microphone').click();
    await specialist.page.locator('[data-account][data-voice="muted"]').first().waitFor();
    await doctor.page.getByTestId('toggle-microphone').click();
  });

  it('5: they look at the same picture, pixel for pixel, and what one measures the other has', async () => {
    const [mine, theirs] = [deskOf(specialist), deskOf(doctor)];
    const same = (what: string) => assertSamePicture(mine, theirs, what);
    await mine.whenFull();
    await mine.press('ArrowDown', 'ArrowDown', 'ArrowDown');
    await same('scrolled');
    await mine.press('1');
    await same('in the lung window');
    await mine.drag([0.5, 0.5], [0.6, 0.4]);
    await same('windowed by dragging');
    await mine.press('z');
    await mine.drag([0.5, 0.6], [0.5, 0.45]);
    await same('zoomed');

    await mine.press('e');
    await mine.drag([0.4, 0.4], [0.55, 0.52]);
    const [ours, his] = [mine.annotations('ellipse'), theirs.annotations('ellipse')];
    await his.waitFor();
    const { sopInstanceUid } = imagingViewport(await mine.viewport()).target;
    const [drawn] = await keptEllipses();
    assert.ok(drawn?.shape?.kind === 'ellipse');
    const file = (await readCtFiles()).find((one) => one.sopInstanceUid === sopInstanceUid);
    assert.ok(file);
    const { count, ...expected } = ellipseByHand(file, drawn.shape.start, drawn.shape.end);
    assert.ok(count > 500, 'the ellipse is large enough to mean something');
    for (const [quantity, value] of Object.entries(expected)) {
      for (const annotation of [ours, his]) {
        const shown = Number(await annotation.getAttribute(`data-${quantity}`));
        assert.ok(Math.abs(shown - value) < 1e-6, `${quantity}: ${shown}, in the file ${value}`);
      }
    }
    await mine.press('l');
    await mine.drag([0.3, 0.3], [0.4, 0.3]);
    await theirs.annotations('length').waitFor();
    await mine.press('Escape');
  });

  it('5: everything is there after a reload, and for a third person who joins later', async () => {
    await doctor.page.reload();
    await doctor.page.getByTestId('room-enter').click();
    await deskOf(doctor).annotations('ellipse').waitFor();
    await deskOf(doctor).annotations('length').waitFor();
    await doctor.page.getByTestId('chat-message').getByText('昨日起痰中带血').waitFor();
    const third = await openPerson(browser, server.url);
    try {
      await signInAs(third.page, 'coordinator');
      await third.page.goto(`${casePath}/room`);
      await third.page.getByTestId('room-enter').click();
      await deskOf(third).annotations('ellipse').waitFor();
      await rises('what the third sees', 30, () => decodedFrames(third.page));
    } finally {
      await third.context.close();
    }
  });

  it('6: the specialist writes the opinion beside the images, takes a key image, and signs with the password', async () => {
    const { page } = specialist;
    await page.getByRole('tab', { name: zh('room:tabs.opinion') }).click();
    await page.getByLabel(zh('opinion:findings')).fill('右肺上叶见实性结节，边缘毛刺，邻近胸膜牵拉。');
    await page.getByLabel(zh('opinion:diagnosis')).fill('C34.1');
    await page.getByRole('listbox').getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('recommendation-add').click();
    await page.getByRole('textbox', { name: zh('opinion:recommendation', { number: 1 }) }).fill('建议胸部增强 CT。');
    await page.keyboard.press('Enter');
    await page
      .getByRole('textbox', { name: zh('opinion:recommendation', { number: 2 }) })
      .fill('建议 CT 引导下穿刺活检。');
    await page.getByTestId('take-key-image').click();
    await page.getByTestId('key-image-take').click();
    await page.getByTestId('key-image').waitFor();
    await page.getByTestId('opinion-sign').click();
    await page.getByTestId('signed-text').getByText('建议 CT 引导下穿刺活检。').waitFor();
    await page.getByTestId('sign-password').fill('not the password');
    await page.getByTestId('sign-confirm').click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await page.getByTestId('sign-password').fill(DEMO_PASSWORD);
    await page.getByTestId('sign-confirm').click();
    await page.getByText(zh('opinion:signed.title')).first().waitFor();
  });

  it('6: the report is signed for good: anybody can check it, and not a byte can be changed', async () => {
    const client = await server.signIn('county-doctor');
    const { content, signature } = await client.call('report:read', { params: { consultationId: consultationId() } });
    assert.equal(content.keyImages.length, 1);
    assert.equal(content.recommendations.length, 2);
    assert.ok(content.keyImages[0]?.annotations.some(({ shape }) => shape?.kind === 'ellipse'));
    const canonical = Buffer.from(canonicalize(content) ?? '');
    assert.equal(isSignatureValid(canonical, signature), true);
    const image = await client.fetch(
      `/api/consultations/${consultationId()}/key-images/${content.keyImages[0]?.imageSha256}`,
    );
    assert.equal(hashOf(new Uint8Array(await image.arrayBuffer())), content.keyImages[0]?.imageSha256);
    // Last: this takes so long on a busy machine that the server ends the idle connection.
    for (let at = 0; at < canonical.length; at += 1) {
      const changed = Buffer.from(canonical);
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.equal(isSignatureValid(changed, signature), false, `byte ${at}`);
    }
  });

  it('6: the county physician reads it at once, answers each recommendation, acknowledges, and prints it on A4', async () => {
    const { page } = doctor;
    await page.goto(`${casePath}/report`);
    await page.getByTestId('report').getByText('右肺上叶见实性结节').waitFor();
    await page.getByText(zh('report:signature.valid')).waitFor();
    const answers = page.getByTestId('adoption-answer');
    assert.equal(await answers.count(), 2);
    await answers.nth(0).getByText(zh('report:adoption.decisions.adopted'), { exact: true }).click();
    await answers.nth(1).getByText(zh('report:adoption.decisions.not-adopted'), { exact: true }).click();
    await page.getByTestId('acknowledge').click();
    await answers.nth(1).getByText(zh('report:adoption.reasonMissing')).waitFor();
    await answers.nth(1).getByRole('textbox').fill('患者拒绝有创检查。');
    await page.getByTestId('acknowledge').click();
    await page.getByTestId('report-adoption').getByText('患者拒绝有创检查。').waitFor();
    const printed = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    const text = await textOfPdf(printed);
    // Figures and pages as they stand on paper, in Chinese: text that came out as boxes would not read back.
    for (const words of [zh('report:sheetTitle'), '右肺上叶见实性结节', '建议胸部增强', '陈致远', '患者拒绝有创检查'])
      assert.ok(text.replace(/\s/g, '').includes(words), words);
    assert.equal(text.includes('11010519491231002X'), false, 'the ID number is masked on paper');
    // The window beside the call was far wider than the CT: none of its black is on paper.
    await assertPicturesFillPage(printed, 1);
  });

  it('7: the auditor sees who did and who looked at what, and that the chain holds', async () => {
    const auditor = await openPerson(browser, server.url);
    try {
      const { page } = auditor;
      await signInAs(page, 'auditor');
      await page.goto('/audit');
      await page.getByText(zh('audit:actions.report-sign')).first().waitFor();
      await page.getByRole('tab', { name: zh('audit:tabs.reads') }).click();
      await page.getByText('李春梅').first().waitFor();
      await page.getByRole('button', { name: zh('audit:verify') }).click();
      await page.getByText(zhPattern('audit:valid', { entries: /[\d,]+/, accesses: /[\d,]+/ })).waitFor();
    } finally {
      await auditor.context.close();
    }
  });

  it('the specialist’s browser gets the stored values of every slice exactly as they are in the files', async () => {
    const client = await server.signIn('county-doctor');
    const { materials } = await client.call('consultation:read', { params: { consultationId: consultationId() } });
    const study = imagingOf(materials[0]);
    const [series] = study.series;
    assert.ok(series);
    const root = `/dicomweb/consultations/${consultationId()}/studies/${study.studyInstanceUid}/series/${series.seriesInstanceUid}`;
    for (const { path, sopInstanceUid } of await readCtFiles()) {
      const answer = await fetchInPage(specialist.page, `${root}/instances/${sopInstanceUid}/frames/1`);
      // One part: its bytes stand between the empty line after its headers and the closing boundary.
      const start = answer.indexOf('\r\n\r\n') + 4;
      assert.equal(hashOf(answer.subarray(start, start + 512 * 512 * 2)), referenceHash(path), path);
    }
  });

  function consultationId(): string {
    return casePath.split('/').at(-1) ?? '';
  }

  /** As the database keeps them. */
  async function keptEllipses(): Promise<Annotation[]> {
    const rows = (await server.database.query('SELECT shape FROM annotation')) as { shape: string | null }[];
    return rows
      .flatMap((row) => (row.shape === null ? [] : [{ shape: JSON.parse(row.shape) } as Annotation]))
      .filter(({ shape }) => shape?.kind === 'ellipse');
  }
});
