import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { DEMO_PASSWORD } from '../../server/demo/network.ts';
import { launchBrowser, type Person } from '../support/browser.ts';
import { acceptWritten } from '../support/case-journey.ts';
import type { Client } from '../support/client.ts';
import { pagesOfPdf, textOfPdf } from '../support/pdf-text.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh, zhPattern } from '../support/zh.ts';
import { openAs, saved } from './form-people.ts';
import { draftOpinion } from './opinion-draft.ts';
import { assertPrintedWhole } from './printed-report.ts';

describe('writing, signing, reading and answering an opinion', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let browser: Browser;
  let doctor: Person & { client: Client };
  let specialist: Person & { client: Client };
  let consultationId: string;

  before(async () => {
    server = await startServer();
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    doctor = await openAs(server, browser, 'county-doctor');
    specialist = await openAs(server, browser, 'specialist');
    ({ consultationId } = await acceptWritten(doctor.client, specialist.client));
  });
  afterEach(async () => {
    await doctor?.context.close();
    await specialist?.context.close();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  const readOpinion = () => specialist.client.call('opinion:read', { params: { consultationId } });

  async function openOpinion(): Promise<Page> {
    const { page } = specialist;
    await page.goto(`/consultations/${consultationId}/opinion`);
    await page.getByTestId('opinion').waitFor();
    return page;
  }

  const draftWithImages = (count: number) => draftOpinion(specialist.client, consultationId, count);
  async function sign(): Promise<void> {
    const { version } = await readOpinion();
    await specialist.client.call('report:sign', {
      params: { consultationId },
      body: { version, password: DEMO_PASSWORD },
    });
  }

  it('recommendations are written, moved and removed by keyboard alone, and saved', async () => {
    const page = await openOpinion();
    await page.getByTestId('recommendation-add').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('甲');
    await page.keyboard.press('Enter');
    await page.keyboard.type('乙');
    await page.keyboard.press('Enter');
    await page.keyboard.type('丙');
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Backspace');
    await saved(page);
    const { recommendations } = await readOpinion();
    assert.deepEqual(
      recommendations.map(({ text }) => text),
      ['丙', '甲', '乙'],
    );
  });

  it('is signed only when it is complete, shows what will be signed, and explains a wrong password', async () => {
    const page = await openOpinion();
    await page.getByTestId('opinion-sign').click();
    await page.getByText(zh('opinion:problems.findings')).waitFor();
    await page.getByLabel(zh('opinion:findings')).fill('右肺下叶实性结节。');
    await page.getByRole('combobox').fill('C34.3 肺下叶恶性肿瘤');
    await page.getByRole('listbox').getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('recommendation-add').click();
    await page.keyboard.type('建议穿刺活检。');
    await page.keyboard.press('Enter');
    await page.getByTestId('opinion-sign').click();
    const text = page.getByTestId('signed-text');
    for (const part of ['张建国', '右肺下叶实性结节。', '肺下叶恶性肿瘤', '建议穿刺活检。'])
      await text.getByText(part).first().waitFor();
    await page.getByTestId('sign-password').fill('not-the-password');
    await page.getByTestId('sign-confirm').click();
    await page.getByText(zh('failures:reason.signature-password')).waitFor();
    await page.getByTestId('sign-password').fill(DEMO_PASSWORD);
    await page.getByTestId('sign-confirm').click();
    await page.waitForURL('**/report');
    await page.getByText(zh('report:signature.valid')).waitFor();
    const { content } = await doctor.client.call('report:read', { params: { consultationId } });
    assert.deepEqual(
      content.recommendations.map((one) => one.text),
      ['建议穿刺活检。'],
    );
  });

  it('what another window changed is not signed unseen', async () => {
    await draftWithImages(0);
    const page = await openOpinion();
    await page.getByTestId('opinion-sign').click();
    await page.getByTestId('sign-password').fill(DEMO_PASSWORD);
    const { version, savedAt: _, ...opinion } = await readOpinion();
    await specialist.client.call('opinion:save', {
      params: { consultationId },
      body: { ...opinion, findings: '另一窗口的所见。', version },
    });
    await page.getByTestId('sign-confirm').click();
    await page.getByText(zh('opinion:sign.outdated')).waitFor();
    await page.getByTestId('signed-text').getByText('另一窗口的所见。').waitFor();
    await page.getByTestId('sign-password').fill(DEMO_PASSWORD);
    await page.getByTestId('sign-confirm').click();
    await page.waitForURL('**/report');
  });

  it('key images are shown with their measurements, captioned, reordered and removed', async () => {
    await draftWithImages(3);
    const before = await readOpinion();
    const page = await openOpinion();
    const images = page.getByTestId('key-image');
    assert.equal(await images.count(), 3);
    await images.nth(0).getByText('长度 23.4 mm').waitFor();
    await page.waitForFunction(() =>
      Array.from(document.querySelectorAll<HTMLImageElement>('.opinion-image img')).some(
        (image) => image.naturalWidth === 900,
      ),
    );
    await images.nth(2).getByRole('textbox').fill('第三幅');
    await page.getByRole('button', { name: zh('opinion:imageUp', { number: 3 }) }).click();
    await page.getByRole('button', { name: zh('opinion:imageRemove', { number: 1 }) }).click();
    await saved(page);
    const { keyImages } = await readOpinion();
    assert.deepEqual(
      keyImages.map(({ keyImageId, caption }) => [keyImageId, caption]),
      [
        [before.keyImages[2]?.keyImageId, '第三幅'],
        [before.keyImages[1]?.keyImageId, ''],
      ],
    );
  });

  it('appears to the requester the moment it is signed; each recommendation is answered, and the specialist sees it', async () => {
    await draftWithImages(1);
    const { page } = doctor;
    await page.goto(`/consultations/${consultationId}/report`);
    await page.getByText(zh('report:notYet.title')).waitFor();
    await sign();
    await page.getByTestId('report').waitFor();
    await specialist.page.goto(`/consultations/${consultationId}/report`);
    await specialist.page.getByTestId('report').waitFor();
    assert.equal(await specialist.page.getByTestId('adoption-form').count(), 0);
    const answers = page.getByTestId('adoption-answer');
    await answers.nth(0).getByLabel(zh('report:adoption.decisions.adopted'), { exact: true }).check();
    await answers.nth(1).getByLabel(zh('report:adoption.decisions.partly')).check();
    await page.getByTestId('acknowledge').click();
    await page.getByText(zh('report:adoption.incomplete', { count: 2 })).waitFor();
    await answers.nth(1).getByRole('textbox').fill('本院无 MRI。');
    await answers.nth(2).getByLabel(zh('report:adoption.decisions.not-adopted')).check();
    await answers.nth(2).getByRole('textbox').fill('家属不同意。');
    await page.getByTestId('acknowledge').click();
    for (const one of [page, specialist.page]) {
      const given = one.getByTestId('report-adoption');
      await given.getByText(zh('report:adoption.decisions.partly')).waitFor();
      await given.getByText('家属不同意。').waitFor();
    }
    const { adoptions, acknowledgedAt } = await doctor.client.call('report:read', { params: { consultationId } });
    assert.deepEqual(
      adoptions.map(({ decision }) => decision),
      ['adopted', 'partly', 'not-adopted'],
    );
    assert.ok(acknowledgedAt);
  });

  it('is corrected in a second version that says why; the first one is marked, on paper too, and the requester answers anew', async () => {
    await draftWithImages(1);
    await sign();
    const { page } = specialist;
    await page.goto(`/consultations/${consultationId}/report`);
    await page.getByTestId('amend-report').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: zh('report:amend.confirm') }).click();
    await dialog.getByRole('alert').waitFor();
    const [kind, reason] = [zh('report:amend.kinds.corrected'), '左右误写，病灶在右肺。'];
    await dialog.getByRole('textbox').fill(reason);
    await dialog.getByRole('button', { name: zh('report:amend.confirm') }).click();
    await page.getByTestId('amendment-notice').getByText(reason).waitFor();
    await doctor.page.goto(`/consultations/${consultationId}/report`);
    const theirs = doctor.page;
    const versions = theirs.getByTestId('report-versions');
    await versions.getByText(zh('report:versions.underway', { kind, reason })).waitFor();
    await page.locator('.opinion-findings').fill('更正后的所见：右肺上叶结节。');
    await page.getByTestId('opinion-sign').click();
    await page.getByTestId('signed-text').getByText(reason).waitFor();
    await page.getByTestId('sign-password').fill(DEMO_PASSWORD);
    await page.getByTestId('sign-confirm').click();
    await page.getByTestId('report').getByText('更正后的所见').waitFor();

    const corrected = theirs.getByTestId('report');
    await corrected.getByText('更正后的所见').waitFor();
    await theirs.getByTestId('report-amendment').getByText(reason).waitFor();
    await corrected.getByText(zh('report:amend.numbered', { version: 2, kind })).waitFor();
    await theirs.getByTestId('adoption-form').waitFor();
    await versions.getByRole('link', { name: zh('report:versions.version', { version: 1 }) }).click();
    const mark = theirs.getByTestId('report-superseded');
    await mark.getByText(zhPattern('report:versions.supersededBy', { version: 2, at: /.+/ })).waitFor();
    await theirs.getByText(zh('report:signature.valid')).waitFor();
    assert.equal(await theirs.getByTestId('adoption-form').count(), 0, 'only the valid one is answered');
    await theirs.emulateMedia({ media: 'print' });
    assert.ok(await mark.isVisible());
  });

  it('names the hour of China, on a computer in Los Angeles and one in Urumqi', async () => {
    await draftWithImages(1);
    await sign();
    const { content } = await doctor.client.call('report:read', { params: { consultationId } });
    const china = new Date(Date.parse(content.signedAt) + 8 * 3_600_000).toISOString();
    for (const timezoneId of ['America/Los_Angeles', 'Asia/Urumqi']) {
      const abroad = await openAs(server, browser, 'county-doctor', { timezoneId });
      await abroad.page.goto(`/consultations/${consultationId}/report`);
      const text = await abroad.page.locator('.report-numbers').innerText();
      assert.ok(text.includes(`${Number(china.slice(8, 10))}日 ${china.slice(11, 19)}（北京时间）`), text);
      await abroad.context.close();
    }
  });

  it('prints on A4: Chinese type, running heads and page numbers, every picture, nothing cut', async () => {
    await draftWithImages(5);
    await sign();
    const { page } = doctor;
    await page.goto(`/consultations/${consultationId}/report`);
    await page.getByTestId('report').waitFor();
    await page.waitForFunction(() =>
      Array.from(document.querySelectorAll<HTMLImageElement>('.report-images img')).every(
        (image) => image.naturalWidth > 0,
      ),
    );
    // The fingerprint is computed after the page is there.
    await page.getByText(/([0-9A-F]{2}:){31}[0-9A-F]{2}/).waitFor();
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    const pages = await assertPrintedWhole(pdf, 5);
    const text = (await textOfPdf(pdf)).replaceAll(/[ \n\f]+/g, '');
    for (const wanted of [
      zh('report:sheetTitle'),
      '张建国',
      '230***********1212',
      '转胸外科。',
      zh('report:signature.valid'),
      zh('report:liability.written'),
    ])
      assert.ok(text.includes(wanted), wanted);
    assert.equal(text.split('右肺下叶背段实性结节').length - 1, 30, 'every line of the findings');
    for (const page of [1, pages])
      assert.ok(text.includes(zh('report:page', { page, pages }).replaceAll(' ', '')), `sheet ${page}`);
    assert.ok(
      !text.includes(zh('report:toCase')) && !text.includes(zh('shell:nav.workList')),
      'no part of the application around it',
    );
  });

  it('says on every sheet of a printed report whose it is, of which case, and which sheet of how many, in either language', async () => {
    await draftWithImages(3);
    await sign();
    const { caseNumber, patient, author } = await doctor.client
      .call('report:read', { params: { consultationId } })
      .then(({ content }) => content);
    const pageWords = {
      'zh-CN': (page: number, pages: number) => zh('report:page', { page, pages }),
      en: (page: number, pages: number) => `Page ${page} of ${pages}`,
    };
    for (const language of ['zh-CN', 'en'] as const) {
      const { page, context } = await openAs(server, browser, 'county-doctor', { language });
      await context.addInitScript((chosen) => localStorage.setItem('huizhen.language', chosen), language);
      await page.goto(`/consultations/${consultationId}/report`);
      await page.getByTestId('report').waitFor();
      await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
      const sheets = await pagesOfPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
      assert.ok(sheets.length >= 2, `${sheets.length} sheets`);
      for (const [index, lines] of sheets.entries()) {
        const foot = (lines.at(-1) ?? '').replaceAll(/ +/g, ' ');
        assert.equal(foot, pageWords[language](index + 1, sheets.length));
        // The first has the report's own head instead of the running one.
        const head = (index === 0 ? lines.slice(0, 6) : lines.slice(0, 1)).join(' ');
        for (const wanted of [patient.name, caseNumber, author.facilityName])
          assert.ok(head.includes(wanted), `sheet ${index + 1}: ${wanted} in "${head}"`);
      }
      await context.close();
    }
  });
});
