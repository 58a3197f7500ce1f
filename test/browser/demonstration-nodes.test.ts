import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { carrySession, launchBrowser, openPerson, type Person } from '../support/browser.ts';
import type { Client } from '../support/client.ts';
import {
  type DemonstrationWorld,
  enrolIn,
  openDemonstrationWorld,
  placeDemonstration,
} from '../support/demonstration-world.ts';
import { eventually } from '../support/eventually.ts';
import { SfuNodes } from '../support/sfu-nodes.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';
import { writeVoice } from './call-voice.ts';
import { bundleTheatre, readPixels } from './live-page.ts';
import { BITS, blockAt, HEIGHT_PX, judge, type SeenPicture, WIDTH_PX } from './theatre-picture.ts';

describe('a live demonstration on two sfu nodes, in the browser', function () {
  this.timeout(300_000);
  let nodes: SfuNodes;
  let server: RunningServer;
  let browser: Browser;
  let folder: string;
  let world: DemonstrationWorld;
  let demonstrationId: string;
  let watcher: Person;

  before(async () => {
    nodes = await SfuNodes.start(2, 'browser');
    const [first] = nodes.processes;
    server = await startServer({
      isHallReady: () => true,
      sfuApart: { url: first?.url ?? '', secret: nodes.secret },
      environment: { REDIS_URL: nodes.redis.url, SFU_ORIGINS: nodes.processes.map(({ url }) => url).join() },
    });
    folder = await mkdtemp(join(tmpdir(), 'huizhen-voice-'));
    const voice = join(folder, 'voice.wav');
    await writeVoice(voice);
    browser = await launchBrowser([`--use-file-for-fake-audio-capture=${voice}`]);
    world = await openDemonstrationWorld(server);
    ({ demonstrationId } = await placeDemonstration(world, 'live'));
    await enrolIn(world, demonstrationId, world.watcher);
    nodes.roomId = demonstrationId;
    const theatre = await open(world.surgeon, '/healthz');
    await theatre.page.evaluate(await bundleTheatre());
    await theatre.page.evaluate((id) => window.theatre.enter(id), demonstrationId);
    const desk = await open(world.moderator.client, at('desk'));
    await desk.page
      .getByTestId('desk-source')
      .filter({ hasText: 'field 1' })
      .getByRole('button', { name: zh('demonstrationHall:desk.main') })
      .click();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    await nodes?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open({ cookie }: Client, path: string): Promise<Person> {
    const person = await openPerson(browser, server.url);
    await carrySession(person.context, cookie, server.url);
    await person.page.goto(path);
    return person;
  }
  const at = (page: string) => `/demonstrations/${demonstrationId}/${page}`;
  async function see(): Promise<SeenPicture> {
    const blocks = Array.from({ length: BITS }, (_, bit) => blockAt(bit));
    const program = watcher.page.getByTestId('program').getByTestId('hall-picture').first();
    return judge(await program.evaluate(readPixels, { blocks, width: WIDTH_PX, height: HEIGHT_PX }));
  }
  async function sees(): Promise<void> {
    await eventually('the field', async () => (await see()).colour === 'field');
    const { count } = await see();
    await eventually('its picture moves', async () => (await see()).count !== count);
  }

  it('[SF55] goes on in the same page for whoever’s node is stopped', async () => {
    const originId = await nodes.registry.findOrigin(demonstrationId);
    const origin = (await nodes.registry.list()).find(({ nodeId }) => nodeId === originId)?.publicUrl ?? assert.fail();
    const beside = nodes.otherThan(origin);
    await nodes.seatAt(beside.url, world.watcher.accountId);
    watcher = await open(world.watcher.client, at('watch'));
    await sees();
    await eventually('they are on the other node', async () => {
      const record = (await nodes.registry.list()).find(({ publicUrl }) => publicUrl === beside.url);
      return record?.rooms[demonstrationId] === 1;
    });
    await watcher.page.evaluate(() => Object.assign(window, { __sameVisit: true }));
    await beside.kill('SIGTERM');
    await sees();
    assert.equal(await watcher.page.evaluate(() => '__sameVisit' in window), true, 'without a reload');
    assert.equal(await watcher.page.getByTestId('hall-end').count(), 0);
    assert.deepEqual(watcher.faults, []);
  });
});
