import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { UPLOAD_CHUNK_BYTES } from '../../server/contract/index.ts';
import { launchBrowser, type Person } from '../support/browser.ts';
import { draftCase } from '../support/case-journey.ts';
import { chooseImages } from '../support/choose-images.ts';
import type { Client } from '../support/client.ts';
import { dataPath } from '../support/data.ts';
import { eventually } from '../support/eventually.ts';
import { CT_SERIES, listData } from '../support/images.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { openUploadLedger, type UploadLedger } from '../support/upload-ledger.ts';
import { zh } from '../support/zh.ts';
import { openAs, openForm } from './form-people.ts';

/** As many files as are sent at the same time, and so the most that one cut can catch under way. */
const PARALLEL = 3;
/** Else loopback is through before anything can happen to it. */
const CHUNK_DELAY_MS = 60;

describe('an upload over a line that goes and a page that is reloaded', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let browser: Browser;
  let ledger: UploadLedger;
  let doctor: Person & { client: Client };

  before(async () => {
    server = await startServer();
    browser = await launchBrowser();
    ledger = openUploadLedger();
    doctor = await openAs(server, browser, 'county-doctor');
  });
  after(async () => {
    ledger?.close();
    await browser?.close();
    await server?.close();
  });

  it('continues where it stopped, without choosing files again, and sends nothing twice that was acknowledged', async () => {
    const { page, context, client } = doctor;
    const { consultationId } = await draftCase(client);
    await context.route('**/api/uploads/**', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, CHUNK_DELAY_MS));
      // The page may be gone by now.
      await route.continue().catch(() => undefined);
    });
    const phase = (wanted: string) =>
      page.locator(`[data-testid="upload-progress"][data-phase="${wanted}"]`).waitFor({ timeout: 60_000 });
    const arrived = (count: number) => eventually(`${count} chunks arrive`, () => ledger.chunks.length >= count);

    await openForm(page, consultationId);
    await chooseImages(page);
    await arrived(15);
    await context.setOffline(true);
    await phase('waiting');
    await page.getByTestId('upload-progress').getByText(zh('uploads:progress.phase.waiting')).waitFor();
    const beforeCut = ledger.chunks.length;
    await context.setOffline(false);
    await arrived(beforeCut + 15);
    await page.reload();
    await phase('sending');
    await phase('finished');

    const params = { consultationId };
    const { materials } = await client.call('consultation:read', { params });
    const [material] = materials;
    assert.equal(material?.kind === 'imaging' && material.series[0]?.instanceCount, 40);
    await assertNothingTwice();
  });

  async function assertNothingTwice(): Promise<void> {
    let sentBytes = 0;
    const ends = new Map<string, number>();
    const answered = new Map<string, number>();
    for (const chunk of ledger.chunks) {
      const { uploadId, offset } = chunk;
      const end = offset + chunk.sizeBytes;
      assert.ok(offset >= (answered.get(uploadId) ?? 0), 'what was acknowledged is never sent again');
      assert.ok(offset <= (ends.get(uploadId) ?? 0), 'nothing is left out');
      sentBytes += chunk.sizeBytes;
      ends.set(uploadId, Math.max(end, ends.get(uploadId) ?? 0));
      if (chunk.answered) answered.set(uploadId, end);
    }
    const paths = await listData(CT_SERIES);
    const sizes = await Promise.all(paths.map(async (path) => (await stat(dataPath(path))).size));
    const wholeBytes = sizes.reduce((sum, size) => sum + size, 0);
    const coveredBytes = [...ends.values()].reduce((sum, end) => sum + end, 0);
    assert.equal(coveredBytes, wholeBytes);
    const againBytes = sentBytes - coveredBytes;
    assert.ok(againBytes <= 2 * PARALLEL * UPLOAD_CHUNK_BYTES, `${againBytes} bytes again, over two cuts`);
  }
});
