import { randomUUID } from 'node:crypto';
import { MediaSource } from '../../sfu/contract/token.ts';
import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { Failure, type RecordingView } from '../contract/index.ts';
import { announceDemonstration } from '../demonstrations/announce.ts';
import type { Demonstration } from '../demonstrations/demonstration.ts';
import { getDemonstrationFor } from '../demonstrations/demonstration-access.ts';
import { ACTS } from '../demonstrations/rules/rules.ts';
import type { RecordingParts } from './parts.ts';
import type { Recording, RecordingStore } from './store.ts';

export const orderOf = ({ recordingId }: Pick<Recording, 'recordingId'>) => ({
  recordingId,
  sources: [...MediaSource.options],
});

/**
 * Records from now on. Whoever is there sees the sign at once, from the sfu.
 * @throws Failure conflict without the patient's consent to recording; unavailable where the sfu does not answer: it begins once it does
 */
export async function startRecording(
  parts: RecordingParts,
  asked: Asked,
  demonstrationId: string,
): Promise<RecordingView> {
  const { caller, at } = asked;
  const { demonstration, recording } = await act(
    parts,
    asked,
    { demonstrationId, action: 'start-recording' },
    async (recordings, open) => {
      if (open) return open;
      const begun = {
        recordingId: randomUUID(),
        demonstrationId,
        startedBy: caller.accountId,
        startedAt: at.toISOString(),
        stoppedAt: null,
        sealedAt: null,
        fault: null,
      };
      await recordings.insert(begun);
      return begun;
    },
  );
  const { fault } = await parts.sfu.startRecording(demonstrationId, orderOf(recording));
  await noteFault(parts, demonstration, recording, fault);
  return toView({ ...recording, fault });
}

/** @throws Failure conflict where nothing is being recorded; unavailable where the sfu does not answer: it ends once it does */
export async function stopRecording(
  parts: RecordingParts,
  asked: Asked,
  demonstrationId: string,
): Promise<RecordingView> {
  const stoppedAt = asked.at.toISOString();
  const { demonstration, recording } = await act(
    parts,
    asked,
    { demonstrationId, action: 'stop-recording' },
    async (recordings, open) => {
      if (!open) throw new Failure('conflict', 'nothing is being recorded', { reason: 'state-not-allowed' });
      await recordings.stop(open.recordingId, stoppedAt);
      return { ...open, stoppedAt };
    },
  );
  await parts.sfu.stopRecording(demonstrationId);
  await announceDemonstration(parts, demonstration);
  return toView(recording);
}

/** One act on a demonstration's recording in one transaction: check, change and trace. @param change is given the one that is open, if any */
async function act(
  parts: RecordingParts,
  asked: Asked,
  { demonstrationId, action }: { demonstrationId: string; action: 'start-recording' | 'stop-recording' },
  change: (recordings: Pick<RecordingStore, 'insert' | 'stop'>, open: Recording | undefined) => Promise<Recording>,
): Promise<{ demonstration: Demonstration; recording: Recording }> {
  const { caller, at } = asked;
  return parts.work.write(async (stores) => {
    const options = { at, lock: true };
    const { demonstration } = await getDemonstrationFor(parts, stores, caller, demonstrationId, action, options);
    const recording = await change(stores.recordings, await findOpen(stores.recordings, demonstrationId));
    await recordAct(stores.audit, asked, {
      action: ACTS[action].recorded ?? '',
      subjectKind: 'demonstration',
      subjectId: demonstrationId,
      detail: { recordingId: recording.recordingId },
    });
    return { demonstration, recording };
  });
}

async function findOpen(
  recordings: Pick<RecordingStore, 'listOf'>,
  demonstrationId: string,
): Promise<Recording | undefined> {
  return (await recordings.listOf(demonstrationId)).find(
    ({ stoppedAt, sealedAt }) => stoppedAt === null && sealedAt === null,
  );
}

/** Tells windows that it goes on, or why it does not. */
export async function noteFault(
  parts: Pick<RecordingParts, 'work' | 'notify' | 'clock' | 'log'>,
  demonstration: Demonstration,
  { recordingId }: Pick<Recording, 'recordingId'>,
  fault: Recording['fault'],
): Promise<void> {
  await parts.work.write(({ recordings }) => recordings.putFault(recordingId, fault));
  await announceDemonstration(parts, demonstration);
}

const toView = ({ recordingId, startedAt, stoppedAt, fault }: Recording): RecordingView => ({
  recordingId,
  startedAt,
  stoppedAt,
  fault,
});
