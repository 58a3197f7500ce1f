import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { draftCase, meetCase } from '../support/case-journey.ts';
import { chooseImages } from '../support/choose-images.ts';
import { connect } from '../support/connect.ts';
import { type ConsultationSite, openConsultationSite } from '../support/consultation-site.ts';
import { waitForUploads } from '../support/journey.ts';
import { type MariaDb, startMariaDb } from '../support/mariadb.ts';
import { zh } from '../support/zh.ts';
import { openForm, saved, saveState } from './form-people.ts';

/** What this outage is about: long enough for every first try, and the second, to fail. */
const OUTAGE_MS = 10_000;
const CHUNK_DELAY_MS = 60;

describe('people at work while the database is gone for ten seconds', function () {
  this.timeout(180_000);
  let mariaDb: MariaDb;
  let site: ConsultationSite;
  let browser: Browser;

  before(async () => {
    mariaDb = await startMariaDb();
    site = await openConsultationSite({ apart: false, databaseUrl: await mariaDb.createDatabase() });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    await mariaDb?.close();
  });

  it('are told in words what happens, lose nothing they type, write or send, and it all goes on by itself', async () => {
    const [doctor, specialist] = await Promise.all([site.signIn('county-doctor'), site.signIn('specialist')]);
    const { consultationId } = await meetCase(doctor, specialist);
    const draft = await draftCase(doctor);
    const { page: form, context } = await site.open(browser, 'county-doctor', '/');
    const { page: room } = await site.enterRoom(browser, 'specialist', consultationId);
    await context.route('**/api/uploads/**', async (route) => {
      await sleep(CHUNK_DELAY_MS);
      await route.continue();
    });
    await openForm(form, draft.consultationId);
    await form.getByRole('button', { name: zh('shell:ring.notNow') }).click();
    await chooseImages(form);
    const progress = form.getByTestId('upload-progress');
    await progress.and(form.locator('[data-phase="sending"]')).waitFor();
    const history = form.getByLabel(zh('newCase:fields.historySummary'));
    await history.fill('咳嗽两月。');
    await saved(form);
    await room.getByTestId('chat-input').fill('请看右上肺');
    await room.keyboard.press('Enter');
    await room.getByTestId('chat-message').getByText('请看右上肺').waitFor();

    await mariaDb.kill();
    const outage = sleep(OUTAGE_MS);
    await history.pressSequentially('痰中带血。');
    await room.getByTestId('chat-input').fill('建议穿刺');
    await room.keyboard.press('Enter');
    await saveState(form).getByText(zh('newCase:save.serverDown')).waitFor();
    await progress.getByText(zh('uploads:progress.phase.waiting')).waitFor();
    await progress.getByText(zh('failures:reason.database-unreachable')).waitFor();
    await room.getByTestId('chat-pending').getByText('建议穿刺').waitFor();
    await room.getByTestId('chat-pending').getByText(zh('chat:pendingFailing')).waitFor();
    await outage;
    await history.pressSequentially('无发热。');
    await mariaDb.restart();

    await saved(form);
    await waitForUploads(form);
    await room.getByTestId('chat-message').getByText('建议穿刺').waitFor({ timeout: 60_000 });
    assert.equal(await history.inputValue(), '咳嗽两月。痰中带血。无发热。');
    const params = { consultationId: draft.consultationId };
    const { historySummary, materials } = await doctor.call('consultation:read', { params });
    assert.equal(historySummary, '咳嗽两月。痰中带血。无发热。');
    const [material] = materials;
    assert.equal(material?.kind === 'imaging' && material.series[0]?.instanceCount, 40);
    const window = await connect(site.server.url, doctor.cookie);
    const lines = await window.request('chat:since', { consultationId, afterSequence: 0 });
    window.close();
    assert.deepEqual(
      lines.map(({ text }) => text),
      ['请看右上肺', '建议穿刺'],
    );
  });
});
