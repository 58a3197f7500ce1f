import type { FacilityView, PersonView } from '../contract/index.ts';

/** The two facilities of a case, as they were called when it was sent: renamed or merged since, it goes on showing them so. */
export interface Parties {
  requester: FacilityView;
  invited: FacilityView;
}

interface PartiedCase {
  requesterId: string;
  specialistId: string | null;
  parties: Parties | null;
}

/** Requester and specialist as they stood when the case was sent; everybody else as they are now. */
export function asSent({ requesterId, specialistId, parties }: PartiedCase, person: PersonView): PersonView {
  if (!parties) return person;
  if (person.accountId === requesterId) return { ...person, ...of(parties.requester) };
  return person.accountId === specialistId ? { ...person, ...of(parties.invited) } : person;
}

const of = ({ facilityId, name }: FacilityView) => ({ facilityId, facilityName: name });
