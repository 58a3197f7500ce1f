import {
  type Department,
  type FacilityDraft,
  type FacilityGrade,
  type FacilityStatus,
  type FacilityTier,
  type FacilityView,
  Failure,
} from '../contract/index.ts';

/** A place where people work. Every change makes a new value with the next `version`. */
export interface Facility {
  facilityId: string;
  name: string;
  shortName: string;
  tier: FacilityTier;
  /** Administrative division, GB/T 2260, six digits; part of every case number. */
  region6: string;
  parentId: string | null;
  orgCode22: string | null;
  uscc18: string | null;
  level: number | null;
  grade: FacilityGrade | null;
  departments: Department[];
  status: FacilityStatus;
  mergedIntoId: string | null;
  statusReason: string;
  version: number;
  changedAt: string;
}

/** What a facility must at least say of itself. */
export type NewFacility = Pick<Facility, 'facilityId' | 'name' | 'tier' | 'region6'> &
  Partial<Facility> & {
    /** Departments that answer others, by name alone. */
    specialties?: readonly string[];
  };

export function founded({ specialties = [], ...parts }: NewFacility): Facility {
  return {
    shortName: '',
    parentId: null,
    orgCode22: null,
    uscc18: null,
    level: null,
    grade: null,
    departments: specialties.map((name) => ({ name, code: null, answers: true })),
    status: 'active',
    mergedIntoId: null,
    statusReason: '',
    version: 1,
    changedAt: new Date(0).toISOString(),
    ...parts,
  };
}

/** What it answers consultations for. */
export function specialtiesOf({ departments }: Pick<Facility, 'departments'>): string[] {
  return departments.filter(({ answers }) => answers).map(({ name }) => name);
}

export function toFacilityView({ facilityId, name, tier }: Facility): FacilityView {
  return { facilityId, name, tier };
}

export function toDraft(facility: Facility): FacilityDraft {
  const { name, shortName, tier, region6, orgCode22, uscc18, level, grade, departments } = facility;
  return {
    name,
    shortName,
    tier,
    region6,
    orgCode22: orgCode22 ?? '',
    uscc18: uscc18 ?? '',
    level,
    grade,
    departments,
  };
}

/** @throws Failure conflict / version-outdated */
export function requireVersion({ version }: { version: number }, madeOn: number): void {
  if (version !== madeOn)
    throw new Failure('conflict', `made on version ${madeOn}, stored is ${version}`, { reason: 'version-outdated' });
}

function next(facility: Facility, at: Date, changes: Partial<Facility>): Facility {
  return { ...facility, ...changes, version: facility.version + 1, changedAt: at.toISOString() };
}

/** A draft as it is stored: no code is none, not an empty one, since two facilities may lack it. */
export function storedDraft({ orgCode22, uscc18, ...draft }: FacilityDraft) {
  return { ...draft, orgCode22: orgCode22 || null, uscc18: uscc18 || null };
}

export function edited(facility: Facility, draft: FacilityDraft, at: Date): Facility {
  return next(facility, at, storedDraft(draft));
}

export function moved(facility: Facility, parentId: string | null, at: Date): Facility {
  return next(facility, at, { parentId });
}

export function closed(facility: Facility, reason: string, at: Date): Facility {
  return next(facility, at, { status: 'closed', statusReason: reason });
}

export function reopened(facility: Facility, at: Date): Facility {
  return next(facility, at, { status: 'active', statusReason: '' });
}

export function merged(facility: Facility, intoId: string, reason: string, at: Date): Facility {
  return next(facility, at, { status: 'merged', mergedIntoId: intoId, statusReason: reason });
}
