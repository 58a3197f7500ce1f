import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { jobKey } from '../../../client/uploads/job.ts';
import type { UploadTransport } from '../../../client/uploads/transport.ts';
import { Failure } from '../../../server/contract/failure.ts';
import {
  createQueue,
  createServerWorld,
  type Faults,
  makeFile,
  NO_FAULTS,
  seeded,
  settled,
} from '../../support/upload-world.ts';

const SEEDS = 30;
const BAD_LINE: Faults = { lostRequest: 0.12, lostAnswer: 0.12, repeated: 0.15, restart: 0.03, spoilt: 0.03 };

/** Sizes at and around the edges of a chunk, and an ordinary CT slice. */
const SIZES = [1, 16_384, 16_385, 262_143, 262_144, 262_145, 526_336, 1_000_003];

function filesOf(random: () => number, sizes = SIZES) {
  return sizes.map((sizeBytes) => makeFile('case', sizeBytes, random));
}

describe('uploading over a bad line', () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    it(`brings every file whole and never guesses an offset (seed ${seed})`, async () => {
      const random = seeded(seed);
      const files = filesOf(random);
      const { world, transport } = createServerWorld(BAD_LINE, random);
      const { queue, stored } = createQueue(transport, files, random);
      queue.add(files.map(({ job }) => job));
      for (let step = 0; step < 40; step += 1) {
        await turn();
        const chance = random();
        if (chance < 0.1) queue.pause();
        else if (chance < 0.3) queue.resume();
        else if (chance < 0.4) queue.wake();
        world.lineIsUp = random() < 0.8;
      }
      world.lineIsUp = true;
      queue.resume();
      await settled(queue);
      queue.retryRefused('case');
      await settled(queue);
      assert.deepEqual(world.wrongOffsets, []);
      assert.deepEqual(new Set(stored), new Set(files.map(({ job }) => jobKey(job))));
      assert.equal(stored.length, files.length, 'each is told once');
      for (const { job, bytes } of files) {
        assert.deepEqual(Buffer.from(world.uploads.get(jobKey(job))?.bytes ?? []), Buffer.from(bytes));
      }
    });
  }

  it('sends no byte twice over a good line', async () => {
    const random = seeded(7);
    const files = filesOf(random);
    const { world, transport } = createServerWorld(NO_FAULTS, random);
    const { queue } = createQueue(transport, files, random);
    queue.add(files.map(({ job }) => job));
    await settled(queue);
    assert.equal(
      world.bytesReceived,
      files.reduce((sum, { bytes }) => sum + bytes.length, 0),
    );
    assert.equal(world.mostInFlight, 3);
  });

  it('after a reload sends only what the server has not got', async () => {
    const random = seeded(11);
    const files = filesOf(random, [2_000_000]);
    const { world, transport } = createServerWorld(NO_FAULTS, random);
    const first = createQueue(transport, files, random);
    first.queue.add(files.map(({ job }) => job));
    while (world.bytesReceived < 1_000_000) await turn();
    first.queue.close();
    await turn();
    const second = createQueue(transport, files, random);
    second.queue.add(files.map(({ job }) => job));
    await settled(second.queue);
    assert.equal(world.bytesReceived, 2_000_000);
    assert.equal(second.stored.length, 1);
  });

  it('a file that the server has is through without a byte', async () => {
    const random = seeded(13);
    const files = filesOf(random, [50_000]);
    const { world, transport } = createServerWorld(NO_FAULTS, random);
    for (let visit = 0; visit < 2; visit += 1) {
      const { queue, stored } = createQueue(transport, files, random);
      queue.add(files.map(({ job }) => job));
      await settled(queue);
      assert.equal(stored.length, 1);
    }
    assert.equal(world.bytesReceived, 50_000);
  });
});

describe('what stops an upload', () => {
  const failing = (failure: Failure): UploadTransport => ({
    announce: async () => Promise.reject(failure),
    sendChunk: async () => Promise.reject(failure),
  });

  for (const [code, reason] of [
    ['invalid-message', 'not-dicom'],
    ['too-large', 'file-too-large'],
    ['conflict', 'instance-differs'],
    ['invalid-message', 'waveform-uncalibrated'],
    ['invalid-message', 'not-slide'],
    ['invalid-message', 'slide-not-tiled'],
    ['invalid-message', 'slide-encoding-unsupported'],
    ['invalid-message', 'file-damaged'],
    ['invalid-message', 'file-truncated'],
    ['conflict', 'state-not-allowed'],
    ['invalid-message', 'hash-mismatch'],
  ] as const) {
    it(`says why when the server refuses a file: ${reason}`, async () => {
      const random = seeded(3);
      const files = filesOf(random, [10, 20]);
      const { queue } = createQueue(failing(new Failure(code, 'no', { reason })), files, random);
      queue.add(files.map(({ job }) => job));
      await settled(queue);
      assert.deepEqual(
        queue.jobs.map(({ state, failure }) => [state, failure?.reason]),
        [
          ['refused', reason],
          ['refused', reason],
        ],
      );
    });
  }

  it('waits for the person to sign in again, then goes on', async () => {
    const random = seeded(5);
    const files = filesOf(random, [300_000]);
    const { transport } = createServerWorld(NO_FAULTS, random);
    let signedIn = false;
    const guarded: UploadTransport = {
      announce: (...input) =>
        signedIn ? transport.announce(...input) : Promise.reject(new Failure('unauthenticated', 'no session')),
      sendChunk: transport.sendChunk,
    };
    const { queue, stored } = createQueue(guarded, files, random);
    queue.add(files.map(({ job }) => job));
    while (!queue.sessionLost) await turn();
    assert.equal(queue.jobs[0]?.state, 'waiting');
    signedIn = true;
    queue.resume();
    await settled(queue);
    assert.equal(stored.length, 1);
  });

  it('asks to choose a file again that the browser no longer has, and then finishes it', async () => {
    const random = seeded(17);
    const files = filesOf(random, [40_000]);
    const { transport } = createServerWorld(NO_FAULTS, random);
    const { queue, stored, blobs } = createQueue(transport, files, random);
    blobs.clear();
    queue.add(files.map(({ job }) => job));
    await settled(queue);
    assert.equal(queue.jobs[0]?.state, 'missing');
    for (const { job, bytes } of files) blobs.set(jobKey(job), new Blob([bytes]));
    queue.add(files.map(({ job }) => job));
    await settled(queue);
    assert.equal(stored.length, 1);
  });

  it('sends nothing while paused', async () => {
    const random = seeded(19);
    const files = filesOf(random, [2_000_000]);
    const { world, transport } = createServerWorld(NO_FAULTS, random);
    const { queue } = createQueue(transport, files, random);
    queue.add(files.map(({ job }) => job));
    while (world.bytesReceived === 0) await turn();
    queue.pause();
    for (let turns = 0; turns < 10; turns += 1) await turn();
    const received = world.bytesReceived;
    for (let turns = 0; turns < 50; turns += 1) await turn();
    assert.equal(world.bytesReceived, received);
    assert.equal(queue.jobs[0]?.state, 'waiting');
  });
});
