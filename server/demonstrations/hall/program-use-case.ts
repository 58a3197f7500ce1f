import type { Asked } from '../../access/asked.ts';
import { recordAct } from '../../audit/record.ts';
import { type DemonstrationLive, Failure, type HallProgram } from '../../contract/index.ts';
import { getDemonstrationFor } from '../demonstration-access.ts';
import { toLive } from './live.ts';
import type { HallParts } from './parts.ts';
import { onAir } from './seats.ts';
import { tellHall } from './tell.ts';

/**
 * What is on air from now on; the last of two who choose at once counts.
 * @throws Failure invalid-message with the fields that name a track of somebody who is neither in theatre and stage nor has the word
 */
export async function chooseProgram(
  parts: HallParts,
  asked: Asked,
  demonstrationId: string,
  chosen: HallProgram,
): Promise<DemonstrationLive> {
  const { caller, at } = asked;
  const program: HallProgram = chosen.layout === 'single' ? { ...chosen, second: null } : chosen;
  const demonstration = await parts.work.write(async (stores) => {
    const options = { at, lock: true };
    const found = await getDemonstrationFor(parts, stores, caller, demonstrationId, 'choose-program', options);
    const voices = await stores.halls.listVoices(demonstrationId);
    const heard = new Set([...onAir(found.demonstration), ...voices.map(({ accountId }) => accountId)]);
    const fields = (['main', 'second'] as const).filter((field) => {
      const track = program[field];
      return track !== null && !heard.has(track.accountId);
    });
    if (fields.length > 0) throw new Failure('invalid-message', 'nobody who can be on air', { fields });
    await stores.halls.putProgram(demonstrationId, program);
    await stores.recordings.noteProgram({ demonstrationId, at: at.toISOString(), program });
    await recordAct(stores.audit, asked, {
      action: 'demonstration:choose-program',
      subjectKind: 'demonstration',
      subjectId: demonstrationId,
      detail: { ...program },
    });
    return found.demonstration;
  });
  await tellHall(parts, demonstration, 'demonstration:program-changed', { demonstrationId, program });
  return toLive(parts.work.read, demonstration);
}
