import type { FacilityNode } from '../access/administered-facilities.ts';
import type { Agreement, ReminderDays } from './agreement.ts';
import type { Alliance } from './alliance.ts';
import type { Facility, NewFacility } from './facility.ts';

/** What an agreement must at least say; the rest is nothing, and it counts as signed by both. */
export type NewAgreement = Pick<
  Agreement,
  'agreementId' | 'invitingFacilityId' | 'invitedFacilityId' | 'validFrom' | 'validTo'
> &
  Partial<Agreement>;

export interface FacilityStore {
  insert(facility: NewFacility): Promise<void>;
  find(facilityId: string): Promise<Facility | undefined>;
  findMany(facilityIds: string[]): Promise<Facility[]>;
  /** By that unified social credit code. */
  findByUscc(uscc18: string): Promise<Facility | undefined>;
  listNodes(): Promise<FacilityNode[]>;
  /** As `listNodes`, and nobody else changes the tree until the transaction ends. */
  listNodesForUpdate(): Promise<FacilityNode[]>;
  /** Active ones with the text in their name or short name, by name. */
  search(text: string, limit: number): Promise<Facility[]>;
  /** Writes the facility where it is still at `version`. @returns whether it was. */
  replace(facility: Facility, version: number): Promise<boolean>;

  insertAgreement(agreement: NewAgreement): Promise<void>;
  findAgreement(agreementId: string): Promise<Agreement | undefined>;
  /** As `findAgreement`, and nobody else writes it until the transaction ends. */
  findAgreementForUpdate(agreementId: string): Promise<Agreement | undefined>;
  /** By region, then by name. */
  listAll(): Promise<Facility[]>;
  /** Agreements of the inviting side that are valid at `at`. */
  listAgreements(invitingFacilityId: string, at: Date): Promise<Agreement[]>;
  /** All agreements of these facilities, at either side; of all where none are named. */
  listAgreementsOf(facilityIds?: string[]): Promise<Agreement[]>;
  findSuccessor(agreementId: string): Promise<Agreement | undefined>;
  replaceAgreement(agreement: Agreement, version: number): Promise<boolean>;
  deleteAgreement(agreementId: string): Promise<void>;
  /** Those whose last instant lies between the two. */
  listAgreementsEnding(after: Date, until: Date): Promise<Agreement[]>;
  /** Notes that a reminder was given. @returns false where it was before, by whichever server. */
  noteReminder(agreementId: string, days: ReminderDays, at: Date): Promise<boolean>;

  insertAlliance(alliance: Alliance): Promise<void>;
  findAlliance(allianceId: string): Promise<Alliance | undefined>;
  listAlliances(): Promise<Alliance[]>;
  replaceAlliance(alliance: Alliance, version: number): Promise<boolean>;
}
