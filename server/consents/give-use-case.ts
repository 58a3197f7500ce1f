import type { Asked } from '../access/asked.ts';
import { announce } from '../cases/announce.ts';
import { getCaseFor } from '../cases/case-access.ts';
import type { ConsultationParts } from '../cases/parts.ts';
import { toConsultationView } from '../cases/view.ts';
import type { ConsentTerms, ConsultationView } from '../contract/index.ts';
import { chinaDate } from '../patients/china-date.ts';
import { circumstancesOf, keepConsent } from './case-consents.ts';

/**
 * Takes down one more consent: to something that was not asked for before, or again after it was taken back.
 * @throws Failure conflict / consent-missing where it lacks something.
 */
export async function giveConsent(
  parts: ConsultationParts,
  asked: Asked,
  consultationId: string,
  terms: ConsentTerms,
): Promise<ConsultationView> {
  const { caller, at } = asked;
  const consultation = await parts.work.write(async (stores) => {
    const { consultation: stored } = await getCaseFor(stores, caller, consultationId, 'record-consent', {
      at,
      lock: true,
    });
    await keepConsent(stores, asked, consultationId, terms, circumstancesOf(stored, chinaDate(at)));
    return stored;
  });
  await announce(parts, { consultationId });
  return toConsultationView(parts, parts.work.read, consultation, caller, at);
}
