import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { jobKey, type UploadJob } from '../../client/uploads/job.ts';
import { UploadQueue } from '../../client/uploads/queue.ts';
import type { UploadTransport } from '../../client/uploads/transport.ts';
import { Failure } from '../../server/contract/failure.ts';
import type { UploadView } from '../../server/contract/study.ts';

/** Mulberry32: a test that failed is run again by its seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const outage = () => new Failure('unavailable', 'the line is down');

export interface Faults {
  /** Chance that a request never arrives, that its answer never arrives, and that it arrives a second time later on. */
  lostRequest: number;
  lostAnswer: number;
  repeated: number;
  /** Chance before each request that the server starts anew: unfinished uploads stay, requests under way are lost. */
  restart: number;
  /** Chance that a chunk arrives with a flipped bit. */
  spoilt: number;
}

export const NO_FAULTS: Faults = { lostRequest: 0, lostAnswer: 0, repeated: 0, restart: 0, spoilt: 0 };

export interface StoredUpload {
  job: { sizeBytes: number; sha256: string };
  bytes: Uint8Array;
  stored: boolean;
}

/**
 * The upload routes as PROTOCOL.md describes them, in memory, behind a line that loses, repeats and spoils.
 * `wrongOffsets` lists every chunk whose offset was not what the client had been told last.
 */
export function createServerWorld(faults: Faults, random: () => number) {
  const uploads = new Map<string, StoredUpload>();
  const told = new Map<string, number | 'unknown'>();
  const late: (() => void)[] = [];
  const wrongOffsets: string[] = [];
  const world = { uploads, wrongOffsets, chunks: 0, bytesReceived: 0, lineIsUp: true, inFlight: 0, mostInFlight: 0 };
  const happens = (chance: number) => random() < chance;

  const viewOf = (uploadId: string, upload: StoredUpload): UploadView => ({
    uploadId,
    state: upload.stored ? 'stored' : 'receiving',
    receivedBytes: upload.bytes.length,
    sizeBytes: upload.job.sizeBytes,
  });

  function accept(uploadId: string, offset: number, chunk: Uint8Array, hash: string): UploadView {
    const upload = uploads.get(uploadId);
    if (!upload) throw new Failure('not-found', 'no such upload');
    if (upload.stored) return viewOf(uploadId, upload);
    if (offset !== upload.bytes.length)
      throw new Failure('conflict', 'not the next byte', { reason: 'offset-mismatch' });
    if (sha256(chunk) !== hash) throw new Failure('invalid-message', 'chunk spoilt', { reason: 'hash-mismatch' });
    world.chunks += 1;
    world.bytesReceived += chunk.length;
    upload.bytes = Buffer.concat([upload.bytes, chunk]);
    if (upload.bytes.length === upload.job.sizeBytes) {
      if (sha256(upload.bytes) !== upload.job.sha256) {
        upload.bytes = new Uint8Array();
        throw new Failure('invalid-message', 'file spoilt', { reason: 'hash-mismatch' });
      }
      upload.stored = true;
    }
    return viewOf(uploadId, upload);
  }

  /** Carries one exchange over the line. */
  async function exchange<T>(work: () => T, signal: AbortSignal): Promise<T> {
    world.inFlight += 1;
    world.mostInFlight = Math.max(world.mostInFlight, world.inFlight);
    try {
      for (let turns = Math.floor(random() * 4); turns > 0; turns -= 1) await turn();
      if (signal.aborted) throw signal.reason;
      if (happens(0.3)) late.splice(0, 1)[0]?.();
      if (!world.lineIsUp || happens(faults.restart) || happens(faults.lostRequest)) throw outage();
      const result = work();
      if (happens(faults.repeated)) {
        late.push(() => {
          try {
            work();
          } catch (thrown) {
            if (!(thrown instanceof Failure)) throw thrown;
          }
        });
      }
      await turn();
      if (signal.aborted) throw signal.reason;
      if (happens(faults.lostAnswer)) throw outage();
      return result;
    } finally {
      world.inFlight -= 1;
    }
  }

  const transport: UploadTransport = {
    async announce(consultationId, input, signal) {
      const uploadId = `${consultationId}/${input.sha256}`;
      const view = await exchange(() => {
        const upload = uploads.get(uploadId) ?? { job: input, bytes: new Uint8Array(), stored: false };
        uploads.set(uploadId, upload);
        return viewOf(uploadId, upload);
      }, signal);
      told.set(uploadId, view.receivedBytes);
      return view;
    },
    async sendChunk(uploadId, offset, blob, signal) {
      if (told.get(uploadId) !== offset) wrongOffsets.push(`${uploadId}@${offset}, told ${told.get(uploadId)}`);
      const chunk = new Uint8Array(await blob.arrayBuffer());
      const hash = sha256(chunk);
      told.set(uploadId, 'unknown');
      const view = await exchange(() => {
        const spoilt = happens(faults.spoilt) && chunk.length > 0;
        const arriving = spoilt ? Uint8Array.from(chunk, (byte, at) => (at === 0 ? byte ^ 1 : byte)) : chunk;
        return accept(uploadId, offset, arriving, hash);
      }, signal);
      told.set(uploadId, view.receivedBytes);
      return view;
    },
  };
  return { world, transport };
}

export function makeFile(consultationId: string, sizeBytes: number, random: () => number) {
  const bytes = Uint8Array.from({ length: sizeBytes }, () => Math.floor(random() * 256));
  const job: UploadJob = {
    consultationId,
    name: `IM${sizeBytes}`,
    sizeBytes,
    sha256: sha256(bytes),
    group: {
      form: 'series',
      pictureKind: 'imaging',
      studyInstanceUid: '1.2',
      studyDescription: '',
      studyDate: '',
      seriesInstanceUid: '1.2.3',
      modality: 'CT',
      seriesNumber: 1,
      seriesDescription: '',
    },
  };
  return { job, bytes };
}

export function createQueue(transport: UploadTransport, files: ReturnType<typeof makeFile>[], random: () => number) {
  const blobs = new Map(files.map(({ job, bytes }) => [jobKey(job), new Blob([bytes])]));
  const stored: string[] = [];
  let clockMs = 0;
  const queue = new UploadQueue({
    transport,
    open: async (job) => blobs.get(jobKey(job)),
    onAcknowledged: () => {},
    onStored: (job) => stored.push(jobKey(job)),
    nowMs: () => (clockMs += Math.floor(random() * 9_000)),
    wait: async (_, signal) => {
      await turn();
      signal.throwIfAborted();
    },
    random,
  });
  return { queue, stored, blobs };
}

/** Resolves when the queue has nothing left that it would send by itself. */
export async function settled(queue: UploadQueue): Promise<void> {
  const isOpen = () => queue.jobs.some(({ state }) => state === 'waiting' || state === 'sending');
  while (isOpen()) await turn();
}
