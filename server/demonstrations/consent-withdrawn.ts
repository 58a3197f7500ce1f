import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { announceDemonstration } from './announce.ts';
import { replaceDemonstration } from './change.ts';
import type { Demonstration } from './demonstration.ts';
import { consentWithdrawn } from './demonstration.ts';
import type { DemonstrationParts, DemonstrationStores } from './parts.ts';
import { type Arrow, CONSENT_WITHDRAWN } from './rules/rules.ts';

/** What became of a demonstration with the consent to teaching. */
export interface CutDemonstration {
  demonstration: Demonstration;
  told: Arrow['told'];
}

/**
 * In the transaction that takes the consent to teaching back: what was opened to people is cancelled, what is on ends at once. What is
 * only planned lacks the consent from then on, which its gaps say.
 */
export async function cutDemonstrations(
  stores: Pick<DemonstrationStores, 'audit' | 'demonstrations'>,
  asked: Asked,
  consultationId: string,
): Promise<CutDemonstration[]> {
  const cut: CutDemonstration[] = [];
  for (const { demonstrationId } of await stores.demonstrations.listOfCase(consultationId)) {
    const stored = await stores.demonstrations.findForUpdate(demonstrationId);
    const made = stored && consentWithdrawn(stored, asked.at);
    if (!made) continue;
    await replaceDemonstration(stores, made.next);
    await recordAct(stores.audit, asked, {
      action: CONSENT_WITHDRAWN.recorded,
      subjectKind: 'demonstration',
      subjectId: demonstrationId,
      detail: { from: stored.state, to: made.next.state },
    });
    cut.push({ demonstration: made.next, told: made.told });
  }
  return cut;
}

/** After the commit. Who withdrew is nobody's business but the treating team's: the notice names nobody. */
export async function tellOfCut(
  parts: Pick<DemonstrationParts, 'work' | 'notify' | 'clock' | 'log' | 'hall'>,
  cut: readonly CutDemonstration[],
): Promise<void> {
  // Nobody goes on seeing it while the others are told.
  await Promise.all(cut.map(({ demonstration }) => parts.hall.close(demonstration.demonstrationId)));
  for (const { demonstration, told } of cut)
    await announceDemonstration(parts, demonstration, told ? { happened: { kind: told, by: null } } : {});
}
