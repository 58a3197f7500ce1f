import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { recordingsSealed } from '../demonstrations/after-the-end.ts';
import { announceDemonstration } from '../demonstrations/announce.ts';
import { replaceDemonstration } from '../demonstrations/change.ts';
import type { Demonstration } from '../demonstrations/demonstration.ts';
import type { DemonstrationStores } from '../demonstrations/parts.ts';
import { RECORDINGS_SEALED } from '../demonstrations/rules/rules.ts';
import type { RecordingParts } from './parts.ts';

/**
 * In the transaction that takes the consent to recording or teaching back: with its commit nobody is handed any of the recordings, and a replay
 * is over. The files stay, as proof of what was; nobody reads them through this server any more.
 */
export async function sealRecordings(
  stores: Pick<DemonstrationStores, 'audit' | 'demonstrations' | 'recordings'>,
  asked: Asked,
  consultationId: string,
): Promise<Demonstration[]> {
  const { at } = asked;
  const sealed: Demonstration[] = [];
  for (const { demonstrationId } of await stores.demonstrations.listOfCase(consultationId)) {
    const stored = await stores.demonstrations.findForUpdate(demonstrationId);
    const count = await stores.recordings.seal(demonstrationId, at.toISOString());
    if (!stored || count === 0) continue;
    const next = recordingsSealed(stored, at);
    if (next) await replaceDemonstration(stores, next);
    await recordAct(stores.audit, asked, {
      action: RECORDINGS_SEALED.recorded,
      subjectKind: 'demonstration',
      subjectId: demonstrationId,
      detail: { recordings: count, from: stored.state, to: (next ?? stored).state },
    });
    sealed.push(next ?? stored);
  }
  return sealed;
}

/** After the commit. Where the sfu does not answer, whoever watches over recordings ends them. */
export async function tellOfSealed(
  parts: Pick<RecordingParts, 'work' | 'notify' | 'clock' | 'log' | 'sfu'>,
  sealed: readonly Demonstration[],
): Promise<void> {
  for (const demonstration of sealed) {
    const { demonstrationId } = demonstration;
    await parts.sfu.stopRecording(demonstrationId).catch((err: unknown) => {
      parts.log.warn({ err, demonstrationId }, 'the sfu could not be told that a recording is over');
    });
    await announceDemonstration(parts, demonstration);
  }
}
