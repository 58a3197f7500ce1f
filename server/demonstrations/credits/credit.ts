/*
 * Who watched enough of a demonstration, and who may credit and correct. One threshold for both: the time there, and the presence checks
 * of that time.
 */

/** What the rule asks of somebody who watches, as long as a plan says nothing else. */
export const DEFAULT_REQUIRED_PERCENT = 80;

export interface Watched {
  presentS: number;
  checksAsked: number;
  checksAnswered: number;
}

/** Somebody who was enrolled, as the record says for good. */
export interface AssessedPerson extends Watched {
  demonstrationId: string;
  accountId: string;
  /** For which they enrolled. */
  facilityId: string;
  qualifies: boolean;
}

/** What a demonstration's assessment stands on. */
export interface Assessment {
  by: string;
  at: string;
  liveS: number;
  requiredPercent: number;
  remark: string;
}

/** The crediting of all at once. In tenths, since points have one digit behind the point. */
export interface Crediting {
  by: string;
  at: string;
  pointsTenths: number;
}

/** What one person has now; 0: taken away. */
export interface Credit {
  demonstrationId: string;
  accountId: string;
  facilityId: string;
  pointsTenths: number;
  givenBy: string;
  givenAt: string;
}

export interface CreditCorrection {
  correctionId: string;
  demonstrationId: string;
  accountId: string;
  beforeTenths: number;
  afterTenths: number;
  reason: string;
  correctedBy: string;
  at: string;
}

/** Both shares reach the threshold; exactly reached is reached. Of whom nothing was asked, no answer is missing. */
export function qualifies(
  { presentS, checksAsked, checksAnswered }: Watched,
  { liveS, requiredPercent }: Pick<Assessment, 'liveS' | 'requiredPercent'>,
): boolean {
  return (
    liveS > 0 && presentS * 100 >= liveS * requiredPercent && checksAnswered * 100 >= checksAsked * requiredPercent
  );
}

/** Neither whoever assessed it, nor anybody who would be credited. */
export const mayCredit = (
  accountId: string,
  assessedBy: string,
  assessed: readonly Pick<AssessedPerson, 'accountId' | 'qualifies'>[],
): boolean => accountId !== assessedBy && !assessed.some((one) => one.accountId === accountId && one.qualifies);

/** Another one than whoever decided last what this person has, and not the person. */
export const mayCorrect = (accountId: string, person: { accountId: string }, decidedBy: string): boolean =>
  accountId !== person.accountId && accountId !== decidedBy;

/** Who decided last what this person has, or that they have nothing. */
export function decidedBy(
  { accountId }: { accountId: string },
  crediting: Pick<Crediting, 'by'>,
  corrections: readonly Pick<CreditCorrection, 'accountId' | 'correctedBy' | 'at'>[],
): string {
  return latestOf(accountId, corrections)?.correctedBy ?? crediting.by;
}

export const latestOf = <C extends Pick<CreditCorrection, 'accountId' | 'at'>>(
  accountId: string,
  corrections: readonly C[],
): C | undefined =>
  corrections
    .filter((one) => one.accountId === accountId)
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .at(-1);
