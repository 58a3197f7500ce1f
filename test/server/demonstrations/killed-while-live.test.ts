import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { enterPerson } from '../../support/add-person.ts';
import { type Client, createClient } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import {
  type DemonstrationWorld,
  type Entered,
  enrolIn,
  INVITED,
  openDemonstrationWorld,
  placeDemonstration,
} from '../../support/demonstration-world.ts';
import { eventually, rises, settles } from '../../support/eventually.ts';
import { RealMedia } from '../../support/real-media.ts';
import { ReturningPerson } from '../../support/returning-person.ts';
import { type ServerProcesses, startServerProcesses } from '../../support/server-processes.ts';
import { SfuNodes } from '../../support/sfu-nodes.ts';

const run = promisify(execFile);
const BOTH = { picture: true, sound: true };
const QUIET_MS = 1_000;

/** A page's line to whichever server answers, which notes its person as present. */
class PresentPage {
  readonly #urls: string[];
  readonly #cookie: string;
  readonly #demonstrationId: string;
  #closed = false;
  #leave: () => Promise<unknown> = async () => undefined;
  entered = 0;

  constructor(urls: string[], { cookie }: Client, demonstrationId: string) {
    this.#urls = urls;
    this.#cookie = cookie;
    this.#demonstrationId = demonstrationId;
    void this.#stay();
  }

  async leave(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#leave();
  }

  async #stay(): Promise<void> {
    for (let attempt = 0; !this.#closed; attempt += 1) {
      const url = this.#urls[attempt % this.#urls.length] ?? '';
      const window = await connect(url, this.#cookie).catch(() => undefined);
      if (!window) continue;
      const lost = new Promise((resolve) => window.socket.once('disconnect', resolve));
      const { ok } = await window.ask('demonstration:enter', { demonstrationId: this.#demonstrationId }).catch(() => ({
        ok: false,
      }));
      if (ok) this.entered += 1;
      this.#leave = async () => {
        await window.ask('demonstration:leave', { demonstrationId: this.#demonstrationId });
        window.close();
      };
      await lost;
    }
  }
}

describe('a live demonstration in which everything is killed once', function () {
  this.timeout(400_000);
  let nodes: SfuNodes;
  let servers: ServerProcesses;
  let world: DemonstrationWorld;
  let demonstrationId: string;
  let media: RealMedia;
  let theatre: ReturningPerson;
  let watchers: ReturningPerson[];
  let pages: PresentPage[];
  let people: Entered[];
  let enteredAtMs: number;
  let recordingId: string;
  /** Whole segments, with their sizes. */
  const recorded = new Map<string, number>();

  before(async () => {
    nodes = await SfuNodes.start(2);
    servers = await startServerProcesses(2, nodes.secret, {
      REDIS_URL: nodes.redis.url,
      SFU_URL: nodes.processes[0]?.url ?? '',
      RECORDINGS_DIR: nodes.recordingsFolder,
    });
    world = await openDemonstrationWorld(servers.first);
    ({ demonstrationId } = await placeDemonstration(world, 'live'));
    nodes.roomId = demonstrationId;
    people = [world.watcher, await enterPerson(servers.first, 'physician', INVITED)];
    for (const person of people) await enrolIn(world, demonstrationId, person);

    media = await RealMedia.open();
    const tracks = { field: media.add('video').parameters, audio: media.add('audio').parameters };
    theatre = new ReturningPerson({
      line: nodes.line,
      fetchTicket: () => ticketOf(world.surgeon),
      async onInside({ client, send }) {
        for (const source of ['field', 'audio'] as const)
          await client.get('producer:create', { source, rtpParameters: tracks[source], paused: false });
        media.sendTo(send?.iceCandidates[0]?.port ?? 0);
      },
    });
    await eventually('the theatre is in', () => theatre.visits === 1);
    // One beside the theatre, and one on the other node.
    const origin = await originUrl();
    await nodes.seatAt(origin, people[0]?.accountId ?? '');
    await nodes.seatAt(nodes.otherThan(origin).url, people[1]?.accountId ?? '');
    watchers = people.map(({ client }) =>
      ReturningPerson.watcher({ line: nodes.line, fetchTicket: () => ticketOf(client) }, ['field']),
    );
    const urls = servers.processes.map(({ url }) => url);
    pages = people.map(
      ({ client }, index) => new PresentPage(index === 0 ? urls : urls.toReversed(), client, demonstrationId),
    );
    await eventually('both are there', () => pages.every(({ entered }) => entered === 1));
    enteredAtMs = Date.now();
    ({ recordingId } = await world.moderator.client.call('demonstration:start-recording', {
      params: { demonstrationId },
    }));
    await eventually('something is recorded', async () => (await noteRecorded()) >= 4);
  });
  after(async () => {
    await Promise.all((pages ?? []).map((page) => page.leave()));
    await Promise.all([theatre, ...(watchers ?? [])].map((one) => one?.close()));
    media?.close();
    await servers?.close();
    await nodes?.close();
  });
  beforeEach(async () => {
    for (const watcher of watchers) await rises('the field', 10, () => watcher.arrived);
  });
  afterEach(async () => {
    await noteRecorded();
  });

  /** From whichever server answers, as behind a proxy. */
  async function ticketOf({ cookie }: Client) {
    for (const { url } of servers.processes) {
      const asked = createClient(url, cookie).call('demonstration:ticket', { params: { demonstrationId } });
      const ticket = await asked.catch(() => undefined);
      if (ticket) return ticket;
    }
    throw new Error('no server answers');
  }

  async function originUrl(): Promise<string> {
    const nodeId = await nodes.registry.findOrigin(demonstrationId);
    return (await nodes.registry.list()).find((one) => one.nodeId === nodeId)?.publicUrl ?? assert.fail('no origin');
  }

  const mediaWorkerOf = async (pid: number): Promise<number> =>
    Number((await run('pgrep', ['-P', String(pid), '-f', 'mediasoup-worker'])).stdout.trim().split('\n')[0]);

  const comeBack = () => Promise.all(watchers.map((watcher) => rises('the field', 10, () => watcher.arrived)));

  /** Whatever was whole before still is, as it was. @returns how many segments there are */
  async function noteRecorded(): Promise<number> {
    // The demo network makes a recording of its own beside it.
    const folder = join(nodes.recordingsFolder, recordingId);
    for (const [name, size] of recorded) assert.equal((await stat(join(folder, name))).size, size, name);
    const lists = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('segments.csv'));
    for (const list of lists)
      for (const line of (await readFile(join(folder, list), 'utf8')).trim().split('\n').filter(Boolean)) {
        const name = join(list, '..', line.split(',')[0] ?? '');
        recorded.set(name, (await stat(join(folder, name))).size);
      }
    return recorded.size;
  }
  async function recordsOn(): Promise<void> {
    await noteRecorded();
    await rises('what is recorded', 2, noteRecorded);
  }

  it('[SF46] the media process under the theatre: everybody’s picture is back, and it is recorded further', async () => {
    const pid = nodes.processAt(await originUrl()).pid();
    process.kill(await mediaWorkerOf(pid), 'SIGKILL');
    await eventually('the theatre is back', () => theatre.visits === 2);
    await comeBack();
    await recordsOn();
  });

  it('[SF56] the node beside the theatre’s: its watcher is back on another one', async () => {
    const beside = nodes.otherThan(await originUrl());
    const { visits } = theatre;
    await beside.kill('SIGKILL');
    await comeBack();
    assert.equal(theatre.visits, visits, 'the theatre noticed nothing');
    await beside.restart();
    await nodes.areThere(2);
  });

  it('[SF56] the theatre’s node, while it is cut: it stays cut on the other one until it is ended there', async () => {
    await world.advocate.client.call('demonstration:cut', { params: { demonstrationId }, body: BOTH });
    const killed = nodes.processAt(await originUrl());
    const { visits } = theatre;
    const sum = () => watchers.reduce((all, { arrived }) => all + arrived, 0);
    await settles(sum, QUIET_MS);
    const before = sum();
    await killed.kill('SIGKILL');
    await eventually('the theatre is on the other one', () => theatre.visits > visits);
    await eventually('and so is everybody', () => watchers.every(({ client }) => client?.socket.connected));
    await settles(sum, QUIET_MS);
    assert.equal(sum(), before, 'nothing of the theatre came');
    // Another node may count from elsewhere; within seconds the server counts as it does.
    await eventually('whoever may ends it', async () => {
      const params = { demonstrationId };
      const { live } = await world.surgeon.call('demonstration:read', { params });
      assert.deepEqual([live?.cut.picture, live?.cut.sound], [true, true]);
      const body = { ...BOTH, number: live?.cut.number ?? 0 };
      return (await world.advocate.client.ask('demonstration:resume-cut', { params, body })).status === 200;
    });
    await comeBack();
    await recordsOn();
    await killed.restart();
    await nodes.areThere(2);
  });

  it('[DM13] a server: picture and sound go on meanwhile, its window is noted at the other one', async () => {
    const [first] = servers.processes;
    const visits = watchers.map((one) => one.visits);
    const entered = pages[0]?.entered ?? 0;
    await first?.kill('SIGKILL');
    await comeBack();
    await eventually('the window is at the other one', () => (pages[0]?.entered ?? 0) > entered);
    assert.deepEqual(
      watchers.map((one) => one.visits),
      visits,
      'nobody joined anew',
    );
    await recordsOn();
    await first?.restart();
  });

  it('[SF57] Redis: all goes on, also for whoever comes back just then, and after it is back, empty', async () => {
    await nodes.redis.kill();
    await comeBack();
    const visits = watchers.map((one) => one.visits);
    for (const { client } of watchers) client?.cut();
    await eventually('both came back', () => watchers.every((one, index) => one.visits > (visits[index] ?? 0)));
    await comeBack();
    await recordsOn();
    await nodes.redis.restart();
    await nodes.areThere(2);
    await comeBack();
  });

  it('[DM13] [SF49] and after all of it everybody was there the whole time, once, and what was recorded can be played', async () => {
    const attendance = async () =>
      (await world.surgeon.call('demonstration:attendance', { params: { demonstrationId } })).people;
    const elapsedS = Math.floor((Date.now() - enteredAtMs) / 1_000);
    for (const page of pages) await page.leave();
    for (const { accountId } of people) {
      const theirs = (await attendance()).filter(({ person }) => person.accountId === accountId);
      assert.equal(theirs.length, 1);
      assert.ok((theirs[0]?.presentS ?? 0) >= elapsedS, `${theirs[0]?.presentS} s of ${elapsedS} s`);
    }
    await world.moderator.client.call('demonstration:stop-recording', { params: { demonstrationId } });
    await noteRecorded();
    for (const name of recorded.keys())
      await run('ffprobe', [
        '-v',
        'error',
        '-show_entries',
        'packet=pts_time',
        join(nodes.recordingsFolder, recordingId, name),
      ]);
  });
});
