import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchBrowser, type Person } from '../support/browser.ts';
import { completeDraft, draftCase } from '../support/case-journey.ts';
import type { Client } from '../support/client.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';
import { cutLine, mendLine, openAs, openForm, saved, saveState } from './form-people.ts';

/** The example of GB 11643-1999 itself: a woman, born on the last day of 1949. */
const ID_NUMBER = '11010519491231002X';

describe('filling in a request', function () {
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

  it('a new request gets its own address at once, and going back does not make a second one', async () => {
    const { page } = doctor;
    await page.goto('/');
    await page.goto('/consultations/new');
    await page.waitForURL(/\/consultations\/[0-9a-f-]{36}\/edit$/);
    await page.getByLabel(zh('newCase:fields.patient.name'), { exact: true }).waitFor();
    const drafts = () => doctor.client.call('consultations:list', { query: { state: 'draft' } });
    const { length } = await drafts();
    await page.goBack();
    await page.locator('.top-bar').waitFor();
    assert.equal(new URL(page.url()).pathname, '/');
    assert.equal((await drafts()).length, length);
  });

  it('an ID number is checked as it is typed and fills in sex and birth date', async () => {
    const { page } = doctor;
    await openForm(page, await newDraft());
    const idNumber = page.getByLabel(zh('newCase:fields.patient.idNumber'));
    await idNumber.fill(ID_NUMBER.replace('X', '1'));
    await page.getByText(zh('newCase:problems.id-number-check')).waitFor();
    await idNumber.fill(' 11010519491231002x ');
    await page.getByText(zh('newCase:idNumber.filled')).waitFor();
    assert.equal(await page.getByLabel(zh('newCase:fields.patient.birthDate')).inputValue(), '1949-12-31');
    assert.equal(await page.getByLabel(zh('terms:sex.female'), { exact: true }).isChecked(), true);
  });

  it('says where the form contradicts the ID number, and follows the card on a click', async () => {
    const { page } = doctor;
    await openForm(page, await newDraft());
    await page.getByLabel(zh('newCase:fields.patient.birthDate')).fill('19500101');
    await page.getByText(zh('terms:sex.male'), { exact: true }).click();
    await page.getByLabel(zh('newCase:fields.patient.idNumber')).fill(ID_NUMBER);
    await page.getByText(zh('newCase:problems.birth-date-conflict', { date: '1949年12月31日' })).waitFor();
    await page.getByText(zh('newCase:problems.sex-conflict', { sex: zh('terms:sex.female') })).waitFor();
    assert.equal(
      await page.getByLabel(zh('newCase:fields.patient.birthDate')).inputValue(),
      '1950-01-01',
      'what was typed is not overwritten',
    );
    await page.getByRole('button', { name: zh('newCase:idNumber.useBirthDate', { date: '1949年12月31日' }) }).click();
    await page.getByRole('button', { name: zh('newCase:idNumber.useSex', { sex: zh('terms:sex.female') }) }).click();
    await page.getByText(zh('newCase:idNumber.filled')).waitFor();
  });

  it('is saved as it is typed', async () => {
    const { page } = doctor;
    const consultationId = await newDraft();
    await openForm(page, consultationId);
    await page.getByLabel(zh('newCase:fields.question')).pressSequentially('右肺结节性质？', { delay: 20 });
    await saved(page);
    await page.reload();
    await page.getByLabel(zh('newCase:fields.patient.name'), { exact: true }).waitFor();
    assert.equal(await page.getByLabel(zh('newCase:fields.question')).inputValue(), '右肺结节性质？');
    assert.equal((await read(consultationId)).question, '右肺结节性质？');
  });

  it('without the line says that nothing is saved, loses nothing over a reload, and saves when the line is back', async () => {
    const { page, context } = doctor;
    const consultationId = await newDraft();
    await openForm(page, consultationId);
    await cutLine(context);
    await page.getByLabel(zh('newCase:fields.historySummary')).fill('咳嗽两月，痰中带血。');
    await saveState(page).getByText(zh('newCase:save.offline')).waitFor();
    assert.equal((await read(consultationId)).historySummary, '');
    await mendLine(context);
    // Cut off before it could be saved: only the writing is held up, so that the page itself can come again.
    await context.route('**/api/consultations/*', (route) =>
      route.request().method() === 'PUT' ? route.abort('connectionfailed') : route.continue(),
    );
    await page.reload();
    await page.getByLabel(zh('newCase:fields.historySummary')).waitFor();
    assert.equal(await page.getByLabel(zh('newCase:fields.historySummary')).inputValue(), '咳嗽两月，痰中带血。');
    await context.unroute('**/api/consultations/*');
    await saved(page);
    assert.equal((await read(consultationId)).historySummary, '咳嗽两月，痰中带血。');
    const left = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('huizhen.draft')));
    assert.deepEqual(left, [], 'once it is saved, no copy stays in the browser');
  });

  it('submitting an incomplete request names everything that is missing and leads there', async () => {
    const { page } = doctor;
    const consultationId = await newDraft();
    await openForm(page, consultationId);
    await page.getByTestId('form-submit').click();
    const gaps = page.getByTestId('form-gaps');
    await gaps.getByText(zh('newCase:submit.incomplete', { count: 12 })).waitFor();
    await gaps.getByRole('button', { name: zh('newCase:fields.patient.phone') }).click();
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'field-patient-phone');
    assert.equal((await read(consultationId)).state, 'draft');
  });

  it('a diagnosis is found by name and chosen by keyboard, or typed with its code', async () => {
    const { page } = doctor;
    const { consultationId } = await draftCase(doctor.client);
    await openForm(page, consultationId);
    const box = page.getByRole('combobox', { name: zh('newCase:fields.diagnosis') });
    await box.fill('肺恶性肿瘤');
    await page.getByRole('listbox').getByRole('option').first().waitFor();
    await box.press('ArrowDown');
    await box.press('Enter');
    await box.fill('j18.9 社区获得性肺炎');
    await page.getByRole('option', { name: zh('newCase:diagnosis.free', { text: 'J18.9 社区获得性肺炎' }) }).waitFor();
    await page.getByText(zh('newCase:diagnosis.none')).waitFor();
    await box.press('Enter');
    await saved(page);
    const { diagnosis } = await read(consultationId);
    assert.equal(diagnosis.length, 3);
    assert.match(diagnosis[1]?.code ?? '', /^C34/);
    assert.deepEqual(diagnosis[2], { code: 'J18.9', display: '社区获得性肺炎' });
  });

  it('a diagnosis may be any text, is found by pinyin, and is not searched for while an input method composes', async () => {
    const { page } = doctor;
    const { consultationId } = await draftCase(doctor.client);
    await openForm(page, consultationId);
    const box = page.getByRole('combobox', { name: zh('newCase:fields.diagnosis') });
    await box.fill('mzf');
    await page
      .getByRole('option', { name: /慢性阻塞性肺疾病/ })
      .first()
      .waitFor();
    await box.fill('');
    await box.focus();
    const devtools = await page.context().newCDPSession(page);
    const searches: string[] = [];
    page.on('request', (request) => request.url().includes('/api/diagnoses') && searches.push(request.url()));
    await devtools.send('Input.imeSetComposition', { text: "fei'yan", selectionStart: 7, selectionEnd: 7 });
    await page.waitForTimeout(600);
    assert.deepEqual([searches, await page.getByRole('listbox').count()], [[], 0]);
    await devtools.send('Input.insertText', { text: '肺炎' });
    await page
      .getByRole('listbox')
      .getByRole('option', { name: /^J18\.9\s*肺炎$/ })
      .waitFor();
    await box.fill('右下肺阴影，性质待定');
    await page.getByRole('option', { name: zh('newCase:diagnosis.free', { text: '右下肺阴影，性质待定' }) }).waitFor();
    await box.press('Enter');
    await box.fill('双肾囊性改变？');
    await page.getByLabel(zh('newCase:fields.question')).focus();
    await saved(page);
    const { diagnosis } = await read(consultationId);
    assert.deepEqual(diagnosis.slice(-2), [
      { code: '', display: '右下肺阴影，性质待定' },
      { code: '', display: '双肾囊性改变？' },
    ]);
  });

  it('a complete request is submitted as it stands on the screen, and the case opens', async () => {
    const { page } = doctor;
    const { consultationId } = await draftCase(doctor.client);
    await openForm(page, consultationId);
    await page.getByLabel(zh('newCase:fields.question')).fill('能否手术？');
    await page.getByTestId('form-submit').click();
    await page.waitForURL(`**/consultations/${consultationId}`);
    const { state, question } = await read(consultationId);
    assert.deepEqual([state, question], ['submitted', '能否手术？']);
    await page.goto(`/consultations/${consultationId}/edit`);
    await page.waitForURL(`**/consultations/${consultationId}`);
  });

  it('an unknown person without papers is sent in an emergency, with the approval of the hospital', async () => {
    const { page } = doctor;
    const { patient: _, consent: __, ...rest } = completeDraft;
    const nobody = { name: '', sex: null, birthDate: '', idNumber: '', phone: '' };
    const { consultationId, version } = await doctor.client.call('consultation:create');
    await doctor.client.call('consultation:save', {
      params: { consultationId },
      body: { ...rest, urgency: 'emergency', patient: nobody, consent: null, version },
    });
    await openForm(page, consultationId);
    await page.getByLabel(zh('newCase:document.kind')).selectOption('none');
    await page.locator('input[name="absence"][value="unidentified"]').check();
    assert.equal(
      await page.getByLabel(zh('newCase:fields.patient.name'), { exact: true }).inputValue(),
      zh('newCase:document.unknownName'),
    );
    await page.getByLabel(zh('newCase:document.estimatedAge')).fill('40');
    await page.locator('input[name="sex"][value="male"]').check();
    await page.locator('input[name="signer"][value="institution"]').check();
    await page.getByLabel(zh('consents:approverName')).fill('刘伟');
    await page.getByLabel(zh('consents:reason')).fill('患者昏迷，无家属在场');
    await page.getByText(zh('consents:approved')).click();
    await page.getByTestId('form-submit').click();
    await page.waitForURL(`**/consultations/${consultationId}`);
    await page.getByText(zh('newCase:document.unknownName')).first().waitFor();
    await page
      .getByText(zh('terms:ageEstimated', { years: 40 }))
      .first()
      .waitFor();
    await page.getByText(zh('terms:absence.unidentified')).waitFor();
  });

  it('is filled in and submitted without the mouse', async () => {
    const { page } = doctor;
    const { invitedFacilityId: _, ...rest } = completeDraft;
    const { consultationId, version } = await doctor.client.call('consultation:create');
    await doctor.client.call('consultation:save', {
      params: { consultationId },
      body: { ...rest, invitedFacilityId: null, wantedSpecialty: '', urgency: null, consent: null, version },
    });
    await openForm(page, consultationId);
    await page.locator('input[name=facility]').first().focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    // Past the kind of consultation, which has a usual one.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    // Past what may be agreed to besides, to whoever signs.
    for (let count = 0; count < 4; count += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    // Past the name, which is the patient's, and the usual way of signing.
    for (let count = 0; count < 3; count += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/consultations/${consultationId}`);
    const view = await read(consultationId);
    assert.deepEqual([view.state, view.consents[0]?.signerName], ['submitted', completeDraft.patient.name]);
  });
});
