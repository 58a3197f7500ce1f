import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Annotation, ChatMessage, ConsultationView, Shape, Target } from '../../server/contract/index.ts';
import { readDicomFile } from '../../server/formats/dicom/dicom-file.ts';
import { headerOf } from '../../server/formats/dicom/header.ts';
import type { Client } from './client.ts';
import { type Connection, connect } from './connect.ts';
import { readData } from './data.ts';
import { eventually } from './eventually.ts';
import { announceFile, putChunk, uploadFile } from './images.ts';

const FILE = 'dicom/cr-dx-mg/mg_3062x2394_jpeg_lossless.dcm';
const CHUNK_BYTES = 4_096;
/** Slow enough for the server's limit on requests, quick enough that something is always under way. */
const PAUSE_MS = 80;
/** So many of each at most: a page that has to show thousands of marks is slow for that reason alone. */
const MOST = 60;

export interface Witness {
  /** Resolves when so many more chat lines, annotations and chunks each have been acknowledged. */
  more(count: number): Promise<void>;
  /** Stops and compares with what is there now, after whatever was killed is back. @throws AssertionError that names what is gone. */
  assertNothingIsGone(): Promise<void>;
}

/**
 * Writes into a case until the line breaks: chat lines and annotations over a socket, and into a draft of the other person's
 * chunks of a file; one of each is always under way. Keeps what was acknowledged.
 */
export async function startWitness(
  { consultationId }: ConsultationView,
  target: Target,
  people: { inRoom: Client; uploading: Client },
): Promise<Witness> {
  const { inRoom, uploading } = people;
  const bytes = await readAnew(FILE);
  const draft = (await uploading.call('consultation:create')).consultationId;
  const lines = new Map<string, string>();
  const drawn = new Map<string, { revision: number; shape: Shape }>();
  const { uploadId } = await announceFile(uploading, draft, bytes);
  let receivedBytes = 0;
  let chunks = 0;
  let stopped = false;

  const line = await connect(inRoom.url, inRoom.cookie);
  /** The first refusal ends it: the line is cut, which is what it waits for. */
  async function untilCut(write: () => Promise<void>): Promise<void> {
    try {
      for (let written = 0; written < MOST && !stopped; written += 1) {
        await write();
        await sleep(PAUSE_MS);
      }
    } catch {
      // Not acknowledged: may be there or not.
    }
  }
  void untilCut(async () => {
    const messageId = randomUUID();
    const text = `第 ${lines.size + 1} 条`;
    await line.request('chat:post', { consultationId, messageId, text });
    lines.set(messageId, text);
  });
  void untilCut(async () => {
    const annotationId = randomUUID();
    const at = drawn.size;
    const shape: Shape = { kind: 'length', start: { x: at, y: 0 }, end: { x: at, y: 10 } };
    const { revision } = await line.request('annotation:put', { consultationId, annotationId, target, shape });
    drawn.set(annotationId, { revision, shape });
  });
  void untilCut(async () => {
    const chunk = bytes.subarray(receivedBytes, receivedBytes + CHUNK_BYTES);
    const answer = await putChunk(uploading, uploadId, receivedBytes, chunk);
    assert.equal(answer.status, 200);
    receivedBytes = ((await answer.json()) as { receivedBytes: number }).receivedBytes;
    chunks += 1;
  });

  return {
    async more(count) {
      const before = [lines.size, drawn.size, chunks] as const;
      await eventually(`${count} more of each are acknowledged`, () =>
        [lines.size, drawn.size, chunks].every((now, index) => now >= (before[index] ?? 0) + count),
      );
    },
    async assertNothingIsGone() {
      stopped = true;
      line.close();
      const again = await connect(inRoom.url, inRoom.cookie);
      try {
        await assertLines(again);
        await assertAnnotations(again);
      } finally {
        again.close();
      }
      const upload = await announceFile(uploading, draft, bytes);
      assert.equal(upload.uploadId, uploadId);
      assert.ok(
        upload.receivedBytes >= receivedBytes,
        `${upload.receivedBytes} of ${receivedBytes} bytes acknowledged`,
      );
      // Stored means: of the very hash that was announced.
      await uploadFile(uploading, draft, bytes);
      assert.equal((await announceFile(uploading, draft, bytes)).state, 'stored');
    },
  };

  async function assertLines(again: Connection): Promise<void> {
    const kept = new Map<string, ChatMessage>();
    for (let afterSequence = 0; ; ) {
      const page = await again.request('chat:since', { consultationId, afterSequence });
      if (page.length === 0) break;
      for (const message of page) kept.set(message.messageId, message);
      afterSequence = page.at(-1)?.sequence ?? afterSequence;
    }
    for (const [messageId, text] of lines) assert.equal(kept.get(messageId)?.text, text, `chat line ${text}`);
  }
  async function assertAnnotations(again: Connection): Promise<void> {
    const { annotations } = await again.request('review:open', { consultationId, sinceRevision: 0 });
    const kept = new Map(annotations.map((one): [string, Annotation] => [one.annotationId, one]));
    for (const [annotationId, { revision, shape }] of drawn) {
      const one = kept.get(annotationId);
      assert.deepEqual({ revision: one?.revision, shape: one?.shape }, { revision, shape });
    }
  }
}

/** The file under an instance UID that no server has seen: else it would be stored without sending a byte. */
async function readAnew(path: string): Promise<Uint8Array> {
  const bytes = Buffer.from(await readData(path));
  const { sopInstanceUid } = headerOf(readDicomFile(bytes));
  const digits = String(randomInt(1e12, 1e13));
  const fresh = sopInstanceUid.slice(0, -digits.length) + digits;
  for (let at = bytes.indexOf(sopInstanceUid); at >= 0; at = bytes.indexOf(sopInstanceUid))
    bytes.write(fresh, at, 'latin1');
  return bytes;
}
