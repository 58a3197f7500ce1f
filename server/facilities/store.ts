import type { FacilityTier } from '../contract/index.ts';

export interface Facility {
  facilityId: string;
  name: string;
  tier: FacilityTier;
  /** Administrative division, GB/T 2260, six digits; part of every case number. */
  region6: string;
  /** What it answers consultations for. */
  specialties: string[];
}

/** The contract between two facilities without which no case may be sent. */
export interface Agreement {
  agreementId: string;
  /** The side that asks. */
  invitingFacilityId: string;
  /** The side that answers. */
  invitedFacilityId: string;
  validFrom: string;
  validTo: string;
}

export interface FacilityStore {
  insert(facility: Facility): Promise<void>;
  find(facilityId: string): Promise<Facility | undefined>;
  findMany(facilityIds: string[]): Promise<Facility[]>;
  insertAgreement(agreement: Agreement): Promise<void>;
  /** Agreements of the inviting side that are valid at `at`. */
  listAgreements(invitingFacilityId: string, at: Date): Promise<Agreement[]>;
}
