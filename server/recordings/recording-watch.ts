import { EARLIEST_MS } from '../demonstrations/rules/guards.ts';
import { type Repeated, repeat } from '../runtime/repeat.ts';
import type { RecordingParts } from './parts.ts';
import { noteFault, orderOf } from './record-use-cases.ts';
import type { Recording } from './store.ts';

/** An sfu that was started anew records again after so long at most, and what has ended is recorded no longer. */
const EVERY_MS = 2_000;

type WatchParts = Pick<RecordingParts, 'work' | 'notify' | 'clock' | 'log' | 'sfu'>;

/** Compares what the sfu records with what is to be recorded. What happened to it (a full disk) is told to people. */
export function startRecordingWatch(parts: WatchParts, everyMs = EVERY_MS): Repeated {
  return repeat(
    async () => {
      for (const recording of await parts.work.read.recordings.listOpen()) await check(parts, recording);
      await stopUnordered(parts);
    },
    { everyMs, log: parts.log, what: 'the sfu does not say what it records' },
  );
}

async function check(parts: WatchParts, recording: Recording): Promise<void> {
  const { work, sfu, clock } = parts;
  const { demonstrationId, recordingId } = recording;
  const demonstration = await work.read.demonstrations.find(demonstrationId);
  if (demonstration?.state !== 'live' || recording.sealedAt !== null) {
    await sfu.stopRecording(demonstrationId);
    await work.write(({ recordings }) => recordings.stop(recordingId, clock().toISOString()));
    return;
  }
  const found = await sfu.findRecording(demonstrationId);
  const { fault } =
    found?.recordingId === recordingId ? found : await sfu.startRecording(demonstrationId, orderOf(recording));
  if (fault !== recording.fault) await noteFault(parts, demonstration, recording, fault);
}

/** A stop that did not reach the sfu, or that crossed an order to begin anew, is given again. */
async function stopUnordered({ work: { read }, sfu, clock }: WatchParts): Promise<void> {
  const soonest = new Date(clock().getTime() + EARLIEST_MS);
  for (const { demonstrationId } of await read.demonstrations.listBeginning(['live'], new Date(0), soonest)) {
    const found = await sfu.findRecording(demonstrationId);
    if (!found) continue;
    // Read after the sfu was asked: what it records was ordered in the database before.
    const isOrdered = (await read.recordings.listOf(demonstrationId)).some(
      (one) => one.recordingId === found.recordingId && one.stoppedAt === null && one.sealedAt === null,
    );
    if (!isOrdered) await sfu.stopRecording(demonstrationId);
  }
}
