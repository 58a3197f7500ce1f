import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import type { ImagingViewport } from '../../server/contract/index.ts';
import { assertAccessible } from '../support/accessible.ts';
import { carrySession, launchBrowser, openPerson, type Person } from '../support/browser.ts';
import type { Client } from '../support/client.ts';
import { type Connection, connect } from '../support/connect.ts';
import { readCtFiles } from '../support/ct-by-hand.ts';
import {
  type DemonstrationWorld,
  enrolIn,
  openDemonstrationWorld,
  placeDemonstration,
} from '../support/demonstration-world.ts';
import { eventually } from '../support/eventually.ts';
import { stow } from '../support/images.ts';
import { makeRecording } from '../support/made-recording.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';
import { deskIn, type ViewerDesk } from './viewer-desk.ts';

/** What a watcher's window showed while it was live, in the second of the replay in which it did. */
interface Instant {
  second: number;
  viewport: string;
  pixels: Buffer;
  marks: (string | null)[];
  pointer: string | null;
}

describe('a replay with the scans that were shown', function () {
  this.timeout(300_000);
  let server: RunningServer;
  let browser: Browser;
  let world: DemonstrationWorld;
  let demonstrationId: string;
  let slices: string[];
  let target: { studyInstanceUid: string; seriesInstanceUid: string };
  let materialId: string;
  const instants: Instant[] = [];

  before(async () => {
    server = await startServer({ isHallReady: () => true });
    browser = await launchBrowser();
    world = await openDemonstrationWorld(server);
    const { consultationId, doctor, ethics, surgeonId } = world;
    const files = (await readCtFiles()).slice(0, 3).map(({ bytes }) => bytes);
    await stow(doctor, files, `/dicomweb/consultations/${consultationId}/studies`);
    const found = (await (await doctor.fetch(`/dicomweb/consultations/${consultationId}/instances`)).json()) as Record<
      string,
      { Value: string[] }
    >[];
    slices = found.map((one) => one['00080018']?.Value[0] ?? '').sort();
    const uid = (tag: string) => found[0]?.[tag]?.Value[0] ?? '';
    target = { studyInstanceUid: uid('0020000D'), seriesInstanceUid: uid('0020000E') };
    const { materials } = await doctor.call('consultation:read', { params: { consultationId } });
    ({ materialId } = materials.find(({ kind }) => kind === 'imaging') ?? assert.fail());
    const checked = { checkedBy: ethics.accountId, checkedAt: new Date().toISOString(), checkedCount: files.length };
    ({ demonstrationId } = await placeDemonstration(world, 'live', {
      materials: [{ materialId, listedBy: surgeonId, ...checked }],
    }));
    await enrolIn(world, demonstrationId, world.watcher);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  const at = (page: string) => `/demonstrations/${demonstrationId}/${page}`;
  async function open({ cookie }: Client, path: string): Promise<Person> {
    const person = await openPerson(browser, server.url);
    await carrySession(person.context, cookie, server.url);
    await person.page.goto(path);
    // The same room for the picture wherever it is shown.
    await person.page.addStyleTag({
      content: '.review-host { width: 420px !important; height: 300px !important; min-height: 0 !important; }',
    });
    return person;
  }
  const viewportOf = (slice: number, x: number): ImagingViewport => ({
    target: { kind: 'imaging', ...target, sopInstanceUid: slices[slice] ?? '', frame: 1 },
    ...{ center: { x, y: 250 }, imagePixelsPerScreenHeight: 400, rotation: 0 },
    ...{ flipHorizontal: false, flipVertical: false, invert: false },
    voi: { center: 40, width: 400, function: 'LINEAR' },
  });
  const pointerOf = (desk: ViewerDesk) => desk.lightbox.getByTestId('remote-pointer');
  const read = async (desk: ViewerDesk) => ({
    viewport: JSON.stringify(await desk.viewport()),
    pixels: (await desk.pixels()).data,
    marks: await desk
      .annotations()
      .evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-annotation-id')).sort()),
    pointer: (await pointerOf(desk).count()) > 0 ? await pointerOf(desk).getAttribute('data-x') : null,
  });
  const showsTarget = async (desk: ViewerDesk, viewport: ImagingViewport) => {
    await desk.whenFull();
    await eventually('the picture follows', async () => {
      const { target: shown, center } = (await desk.viewport()) as ImagingViewport;
      return shown.sopInstanceUid === viewport.target.sopInstanceUid && center.x === viewport.center.x;
    });
    await desk.whenFull();
  };

  /** Leads the watcher's window there, and reads it in a whole second of the replay in which nothing changes. */
  async function lead(window: Connection, desk: ViewerDesk, beganMs: number, viewport: ImagingViewport): Promise<void> {
    await window.request('showing:move', { demonstrationId, viewport });
    await showsTarget(desk, viewport);
    await window.request('showing:point', {
      ...{ demonstrationId, target: viewport.target },
      point: { x: viewport.center.x, y: 200 },
    });
    await pointerOf(desk).waitFor();
    // A whole second of the replay, after all of it was told and before anything else is.
    const second = Math.ceil((Date.now() - beganMs) / 1000);
    await eventually('its second has come', () => Date.now() >= beganMs + second * 1000 + 150);
    instants.push({ second, ...(await read(desk)) });
  }

  const seek = (page: Page, second: number) => page.getByLabel(zh('replay:position')).fill(String(second * 1000));

  it('[DM35] draws anew what a watcher saw live, pixel for pixel, forth and back and while it plays', async () => {
    const live = await open(world.watcher.client, at('watch'));
    const window = await connect(server.url, world.surgeon.cookie);
    await window.request('showing:open', { demonstrationId, sinceRevision: 0 });
    const began = new Date();
    const beganMs = began.getTime();
    await world.watcher.client.call('question:ask', {
      params: { demonstrationId },
      body: { questionId: randomUUID(), text: '段间平面怎样辨认？', isAnonymous: true },
    });
    await window.request('showing:present', { demonstrationId });
    await window.request('showing:move', { demonstrationId, viewport: viewportOf(0, 250) });
    const desk = deskIn(live.page, live.page.getByTestId('showing'));
    await lead(window, desk, beganMs, viewportOf(0, 256));
    const mark = {
      target: viewportOf(1, 0).target,
      shape: { kind: 'length', start: { x: 200, y: 200 }, end: { x: 280, y: 240 } },
    };
    await window.request('showing:mark', {
      demonstrationId,
      annotationId: randomUUID(),
      actId: randomUUID(),
      mark: mark as never,
    });
    const stroke = { demonstrationId, strokeId: randomUUID(), shape: 'arrow' as const, from: 0 };
    await window.request('field:draw', {
      ...stroke,
      track: { accountId: world.surgeonId, source: 'field', label: null },
      points: [
        { x: 0.25, y: 0.5 },
        { x: 0.5, y: 0.75 },
      ],
    });
    await lead(window, desk, beganMs, viewportOf(1, 230));
    const seconds = Math.ceil((Date.now() - beganMs) / 1000) + 2;
    window.close();
    await live.context.close();
    const [first, second] = instants;
    assert.ok(first && second && !first.pixels.equals(second.pixels));
    assert.deepEqual([first.marks.length, second.marks.length], [0, 1]);

    await makeRecording(server, { demonstrationId, accountId: world.surgeonId, began, seconds });
    const step = async (client: Client) => {
      const { plan } = await client.call('demonstration:read', { params: { demonstrationId } });
      return { params: { demonstrationId }, body: { version: plan?.version ?? 0 } };
    };
    await world.surgeon.call('demonstration:end', await step(world.surgeon));
    await world.coordinator.call('demonstration:open-replay', await step(world.coordinator));
    await world.moderator.client.call('demonstration:publish-replay', await step(world.moderator.client));

    const { page, context, faults } = await open(world.watcher.client, at('replay'));
    const again = deskIn(page, page.getByTestId('replay-pictures'));
    for (const instant of [first, second, first]) {
      await seek(page, instant.second);
      await again.lightbox.waitFor();
      await eventually('the same viewport', async () => JSON.stringify(await again.viewport()) === instant.viewport);
      await again.whenFull();
      await eventually('its pointer', async () => (await read(again)).pointer === instant.pointer);
      const seen = await read(again);
      assert.deepEqual(seen.marks, instant.marks);
      assert.ok(seen.pixels.equals(instant.pixels), `second ${instant.second}: the same pixels`);
    }
    assert.equal(await page.getByTestId('field-stroke').count(), 0, 'nothing had been drawn on the field yet');
    await page.locator('h1').click();
    await page.keyboard.press('.');
    await page.keyboard.press('k');
    await eventually(
      'the scan is led on as the picture plays',
      async () => JSON.stringify(await again.viewport()) === second.viewport,
    );
    await page.getByTestId('field-stroke').first().waitFor({ state: 'attached' });
    const outline = await page.getByTestId('field-stroke').first().locator('path').last().getAttribute('d');
    assert.match(outline ?? '', /^M480 540 L960 810/, 'the arrow lies where it was drawn');
    await page.keyboard.press('k');
    const question = page.getByTestId('replay-questions').getByText('段间平面怎样辨认？');
    await question.waitFor();
    assert.equal(await page.getByTestId('replay-questions').getByText(zh('asking:unnamed')).count(), 1);
    await assertAccessible(page, 'a replay with scans');
    // Somebody sees a name on it after all: it is gone from this window too.
    await seek(page, first.second);
    await again.lightbox.waitFor();
    await world.advocate.client.call('demonstration:withdraw-check', { params: { demonstrationId, materialId } });
    await page.getByTestId('replay-pictures').waitFor({ state: 'detached' });
    assert.deepEqual(
      faults.filter((fault) => !fault.includes('Failed to load resource')),
      [],
    );
    await context.close();
  });
});
