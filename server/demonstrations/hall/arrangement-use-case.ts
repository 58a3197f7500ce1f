import type { Asked } from '../../access/asked.ts';
import { recordAct } from '../../audit/record.ts';
import type { TheatreArrangement } from '../../contract/index.ts';
import { getDemonstrationFor } from '../demonstration-access.ts';
import type { HallParts } from './parts.ts';

/** Writes down what the theatre's page sends and masks from now on. The names of its inputs are left out: they are free text. */
export async function noteArrangement(
  parts: HallParts,
  asked: Asked,
  demonstrationId: string,
  { inputs }: TheatreArrangement,
): Promise<Record<string, never>> {
  const { caller, at } = asked;
  await parts.work.write(async (stores) => {
    await getDemonstrationFor(parts, stores, caller, demonstrationId, 'arrange-inputs', { at });
    await recordAct(stores.audit, asked, {
      action: 'demonstration:arrange-inputs',
      subjectKind: 'demonstration',
      subjectId: demonstrationId,
      detail: { inputs },
    });
  });
  return {};
}
