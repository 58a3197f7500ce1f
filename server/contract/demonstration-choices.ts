import { z } from 'zod';
import { PersonView, Role } from './account.ts';
import { FacilityView } from './facility.ts';
import { Id } from './primitives.ts';

/** People of one role or facility alone, where it is named. */
export const DemonstrationChoicesQuery = z.object({
  q: z.string().trim().max(64),
  role: Role.optional(),
  facilityId: Id.optional(),
});
export type DemonstrationChoicesQuery = z.infer<typeof DemonstrationChoicesQuery>;

/** Whom a plan can name: people for its seats; facilities, alliances and people for its audience; the facility's own surgeons. */
export const DemonstrationChoices = z.object({
  /** `maySit`: may be given a seat. */
  people: z.array(PersonView.extend({ maySit: z.boolean() })),
  facilities: z.array(FacilityView),
  alliances: z.array(z.object({ allianceId: Id, name: z.string() })),
});
export type DemonstrationChoices = z.infer<typeof DemonstrationChoices>;
