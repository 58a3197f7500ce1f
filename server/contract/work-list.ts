import { z } from 'zod';
import { Urgency } from './case-kinds.ts';
import { ConsultationState, ConsultationSummary } from './consultation.ts';
import { pictureKinds } from './picture-kinds.ts';
import { Id } from './primitives.ts';

/** Which part of one's cases: what waits for oneself, what is under way, what is over, and one's own drafts. */
export const WorkListName = z.enum(['mine', 'running', 'finished', 'drafts']);
export type WorkListName = z.infer<typeof WorkListName>;

/**
 * - `newest`: the latest application first. Its key never changes, so that paging meets each case exactly once.
 * - `changed`: the latest change first; `waiting`: the most urgent, then whoever has waited longest.
 */
export const WorkListSort = z.enum(['newest', 'changed', 'waiting']);
export type WorkListSort = z.infer<typeof WorkListSort>;

/** What is finished waits for nobody: asked for by `waiting`, it comes as by `changed`. */
export const sortIn = (list: WorkListName | undefined, sort: WorkListSort): WorkListSort =>
  list === 'finished' && sort === 'waiting' ? 'changed' : sort;

/** A calendar day in China, `YYYY-MM-DD`. */
const Day = z.iso.date();
const PictureKindName = z.enum(Object.keys(pictureKinds) as [keyof typeof pictureKinds]);

export const WorkListFilter = z.object({
  list: WorkListName.optional(),
  /** Part of a case number, a hospital's or a diagnosis' name, or the name of a patient of one's own application. */
  search: z.string().trim().max(64).optional(),
  state: ConsultationState.optional(),
  urgency: Urgency.optional(),
  /** With pictures of this kind. */
  kind: PictureKindName.optional(),
  /** Of the requesting or the invited side. */
  facilityId: Id.optional(),
  fromDay: Day.optional(),
  /** That day is included. */
  toDay: Day.optional(),
});
export type WorkListFilter = z.infer<typeof WorkListFilter>;

export const WorkListQuery = WorkListFilter.extend({
  sort: WorkListSort.default('newest'),
  /** `next` of the page before. */
  after: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type WorkListQuery = z.infer<typeof WorkListQuery>;

export const WorkListPage = z.object({
  lines: z.array(ConsultationSummary),
  /** Null on the last page. */
  next: z.string().nullable(),
});
export type WorkListPage = z.infer<typeof WorkListPage>;

/** More than so many are not counted. */
export const MAX_COUNTED = 1_000;

/** How many cases each list holds under a filter, of all pages; 1,001: more than are counted. */
export const WorkListCounts = z.object({
  mine: z.number().int(),
  running: z.number().int(),
  /** null: not counted. Of whoever sees very many cases those that are searched for text are not: it would take too long. */
  finished: z.number().int().nullable(),
  drafts: z.number().int(),
});
export type WorkListCounts = z.infer<typeof WorkListCounts>;

/** The states that the cases of each list may be in, to filter by. */
export const WorkListStates = z.record(WorkListName, z.array(ConsultationState));
export type WorkListStates = z.infer<typeof WorkListStates>;

export const WorkListDesk = z.object({
  counts: WorkListCounts,
  states: WorkListStates,
  /** Calls that are on in one's cases and may be joined. */
  calls: z.array(ConsultationSummary),
  /** The hospitals of one's cases, to filter by; of whoever has very many cases, those that theirs has agreements with. */
  facilities: z.array(z.object({ facilityId: Id, name: z.string() })),
});
export type WorkListDesk = z.infer<typeof WorkListDesk>;
