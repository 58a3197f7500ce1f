import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { zh } from '../support/zh.ts';
import { FIELD_CAMERA } from './theatre-cameras.ts';
import { addCamera, goOnAir, openTheatreSite, type TheatreSite } from './theatre-site.ts';

/**
 * Runs in the page: the browser says of its encoders that the processor holds them back as long as `__isSlow`, and that they keep up at all other
 * times, however busy this machine is.
 */
function beSlow(): void {
  const { getStats } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.getStats = async function () {
    const report = await getStats.call(this);
    const entries = [...report].map(([id, entry]) => {
      const isPicture = entry.type === 'outbound-rtp' && entry.kind === 'video';
      if (!isPicture) return [id, entry] as const;
      const qualityLimitationReason = '__isSlow' in window ? 'cpu' : 'none';
      const { framesPerSecond } = report.get(entry.mediaSourceId) ?? entry;
      return [id, { ...entry, qualityLimitationReason, framesPerSecond }] as const;
    });
    return new Map(entries) as unknown as RTCStatsReport;
  };
}

/** Runs in the page: how many lines each layer that goes out has. */
async function listLayers(): Promise<number[]> {
  const { __peerConnections: connections } = window as unknown as { __peerConnections: RTCPeerConnection[] };
  const lines: number[] = [];
  for (const connection of connections)
    if (connection.connectionState === 'connected')
      for (const entry of (await connection.getStats()).values())
        if (entry.type === 'outbound-rtp' && entry.kind === 'video' && entry.active) lines.push(entry.frameHeight ?? 0);
  return lines.toSorted((a, b) => a - b);
}

describe('a theatre’s computer that cannot encode what it is to send', function () {
  this.timeout(240_000);
  let site: TheatreSite;
  let browser: Browser;

  before(async () => {
    browser = await launchBrowser();
    site = await openTheatreSite(browser);
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  const sends = (page: Page, what: string, layers: number[]) =>
    eventually(`${what} is sent`, async () => (await page.evaluate(listLayers)).join() === layers.join());

  it('sends the picture smaller, says so, keeps stills at their full size, and tries again by itself', async () => {
    const { demonstrationId, world } = await site.place('live');
    const theatre = await site.openTheatre(demonstrationId, { script: beSlow });
    const { page } = theatre;
    await addCamera(page, FIELD_CAMERA, 'field');
    await page.getByLabel(zh('theatre:inputs.send')).check();
    await goOnAir(page);
    const main = { accountId: world.surgeonId, source: 'field', label: zh('theatre:source.field') } as const;
    await world.moderator.client.call('demonstration:program', {
      params: { demonstrationId },
      body: { layout: 'single', main, second: null },
    });
    const watcher = await site.openWatcher(demonstrationId, { width: 2560, height: 1440 });
    await sends(page, 'all of it', [135, 270, 540]);
    await page.evaluate(() => Object.assign(window, { __isSlow: true }));
    const note = page.getByTestId('slow-computer');
    await note.waitFor();
    await sends(page, 'what costs less', [135, 270]);
    await watcher.page.locator('[data-testid="hall-picture"][data-source="field"][data-shown="live"]').waitFor();
    await page.getByTestId('still').click();
    await page.locator('[data-testid="still"][data-step="showable"]').waitFor();
    assert.deepEqual(
      await page.evaluate(([label, zone]) => window.__computer.compareStill(label, zone).then(({ size }) => size), [
        FIELD_CAMERA,
        { x: 0, y: 0, width: 0, height: 0 },
      ] as const),
      [960, 540],
    );
    await page.evaluate(() => Reflect.deleteProperty(window, '__isSlow'));
    await note.waitFor({ state: 'detached' });
    await sends(page, 'all of it again', [135, 270, 540]);
    assert.deepEqual(theatre.faults, []);
    for (const { context } of [theatre, watcher]) await context.close();
  });
});
