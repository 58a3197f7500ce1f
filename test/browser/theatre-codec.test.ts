import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, type Person } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { zh } from '../support/zh.ts';
import { FIELD_CAMERA, ROOM_CAMERA } from './theatre-cameras.ts';
import { addCamera, goOnAir, openTheatreSite, type TheatreSite } from './theatre-site.ts';

const FIELD = zh('theatre:source.field');

/** Runs in the page: its computer has an encoder in hardware, as far as the browser says. The encoder itself is the browser's own. */
function haveHardware(): void {
  const { encodingInfo } = MediaCapabilities.prototype;
  MediaCapabilities.prototype.encodingInfo = async function (asked) {
    const told = await encodingInfo.call(this, asked);
    const isH264 = asked.type === 'webrtc' && /h264/i.test(asked.video?.contentType ?? '');
    return isH264 ? { ...told, supported: true, smooth: true, powerEfficient: true } : told;
  };
}

/** Runs in the page: a browser that was built without H.264 (RFC 7742 has both, some free builds do not), for media that are live. */
function lackH264(): void {
  const { createOffer } = RTCPeerConnection.prototype;
  const without = (sdp: string) => {
    const types = [...sdp.matchAll(/^a=rtpmap:(\d+) H264\//gim)].map(([, type]) => type);
    const gone = new RegExp(`^a=(rtpmap|fmtp|rtcp-fb):(${types.join('|')}) .*\\r\\n`, 'gim');
    return sdp.replace(gone, '').replace(/^m=video .*$/gim, (line) =>
      line
        .split(' ')
        .filter((part, index) => index < 3 || !types.includes(part))
        .join(' '),
    );
  };
  const lacking = async function (
    this: RTCPeerConnection,
    options?: RTCOfferOptions,
  ): Promise<RTCSessionDescriptionInit> {
    const { type, sdp = '' }: RTCSessionDescriptionInit = await Reflect.apply(createOffer, this, [options]);
    return { type, sdp: without(sdp) };
  };
  Object.assign(RTCPeerConnection.prototype, { createOffer: lacking });
}

/** Runs in the page: in which codecs pictures come in or go out, one for each layer; what only tries the line is none. */
async function listCodecs(direction: string): Promise<string[]> {
  const { __peerConnections: connections } = window as unknown as { __peerConnections: RTCPeerConnection[] };
  const found: string[] = [];
  for (const connection of connections) {
    if (connection.connectionState === 'closed') continue;
    const report = await connection.getStats();
    for (const entry of report.values())
      if (entry.type === direction && entry.kind === 'video' && (entry.framesDecoded ?? entry.framesEncoded) > 0)
        found.push(report.get(entry.codecId)?.mimeType ?? '');
  }
  return found;
}

describe('the codec of a theatre', function () {
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

  const isShown = (page: Page, shown: string) =>
    page.locator(`[data-testid="hall-picture"][data-source="field"][data-shown="${shown}"]`).first().waitFor();
  const comesAs = (page: Page, mimeType: string) =>
    eventually(`it comes in ${mimeType}`, async () => {
      const codecs = await page.evaluate(listCodecs, 'inbound-rtp');
      return codecs.length > 0 && codecs.every((one) => one === mimeType);
    });

  it('is H.264 where that is encoded in hardware, late for watchers who cannot decode it, and VP8 once the moderator cannot', async () => {
    const { demonstrationId, world } = await site.place('live');
    const theatre: Person = await site.openTheatre(demonstrationId, { script: haveHardware });
    const { page } = theatre;
    await addCamera(page, FIELD_CAMERA, 'field');
    await page.getByLabel(zh('theatre:inputs.send')).check();
    await goOnAir(page);
    const program = {
      layout: 'single',
      main: { accountId: world.surgeonId, source: 'field', label: FIELD },
      second: null,
    } as const;
    await world.moderator.client.call('demonstration:program', { params: { demonstrationId }, body: program });

    const watcher = await site.openWatcher(demonstrationId);
    await isShown(watcher.page, 'live');
    await comesAs(watcher.page, 'video/H264');
    await eventually('all three layers go out', async () => {
      const codecs = await page.evaluate(listCodecs, 'outbound-rtp');
      return codecs.length === 3 && codecs.every((one) => one === 'video/H264');
    });
    await watcher.context.close();

    const behind = await site.openWatcher(demonstrationId, { script: lackH264 });
    await behind.page.getByTestId('hls').getByText(zh('demonstrationHall:hls.because.undecodable')).waitFor();
    await behind.page.locator('[data-testid="hls"][data-standing="playing"]').waitFor();
    // Live there is a still picture, and the voice.
    await behind.page.getByRole('button', { name: zh('demonstrationHall:hls.toLive') }).click();
    await isShown(behind.page, 'undecodable');
    await behind.page.getByTestId('poster').waitFor();
    assert.deepEqual(await page.evaluate(listCodecs, 'outbound-rtp').then((codecs) => [...new Set(codecs)]), [
      'video/H264',
    ]);

    // The moderator has to see it: then the theatre sends what everybody can decode.
    const desk = await site.openDesk(demonstrationId, { script: lackH264 });
    await comesAs(desk.page, 'video/VP8');
    await isShown(behind.page, 'live');
    await comesAs(behind.page, 'video/VP8');
    assert.deepEqual(theatre.faults, []);
    for (const { context } of [theatre, behind, desk]) await context.close();
  });

  it('is VP8 where the processor would encode H.264', async () => {
    const { demonstrationId } = await site.place('live');
    const { page, context, faults } = await site.openTheatre(demonstrationId);
    await addCamera(page, ROOM_CAMERA, 'room');
    await page.getByLabel(zh('theatre:inputs.send')).check();
    await goOnAir(page);
    await eventually('it goes out', async () => {
      const codecs = await page.evaluate(listCodecs, 'outbound-rtp');
      return codecs.length > 0 && codecs.every((one) => one === 'video/VP8');
    });
    assert.deepEqual(faults, []);
    await context.close();
  });
});
