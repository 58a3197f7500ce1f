import { And, type EntityManager, type EntitySchema, In, LessThan, LessThanOrEqual, MoreThan } from 'typeorm';
import type { Demonstration } from '../../demonstrations/demonstration.ts';
import type { DemonstrationStore } from '../../demonstrations/store.ts';
import { insertRow } from '../insert-row.ts';
import { insertNew, updateRow } from '../update-row.ts';
import { createEnrolmentStore } from './enrolment-store.ts';
import { listDemonstrationPage } from './list-page.ts';
import { moveFacility } from './move-facility.ts';
import { createPresenceStore } from './presence-store.ts';
import {
  DemonstrationAudienceRow,
  type DemonstrationHead,
  DemonstrationMaterialRow,
  DemonstrationReminderRow,
  DemonstrationRow,
  DemonstrationSeatRow,
} from './rows.ts';

/** The lists of a demonstration, each in a table of its own. */
const LISTS = {
  seats: DemonstrationSeatRow,
  audience: DemonstrationAudienceRow,
  materials: DemonstrationMaterialRow,
} as const;
type ListName = keyof typeof LISTS;
// biome-ignore lint/suspicious/noExplicitAny: lists of different rows have no narrower type in TypeORM
const LIST_ROWS = Object.entries(LISTS) as [ListName, EntitySchema<any>][];

export function createDemonstrationStore(manager: EntityManager): DemonstrationStore {
  const isMysql = manager.connection.options.type === 'mysql';

  /** In their order, by demonstration: many live ones are read at once, again and again. */
  async function readLines(row: (typeof LIST_ROWS)[number][1], ids: string[]): Promise<Map<string, object[]>> {
    const byId = new Map<string, object[]>(ids.map((id) => [id, []]));
    for (const { demonstrationId, position: _, ...line } of await manager.find(row, {
      where: { demonstrationId: In(ids) },
      order: { position: 'ASC' },
    }))
      byId.get(demonstrationId)?.push(line);
    return byId;
  }

  async function complete(heads: DemonstrationHead[]): Promise<Demonstration[]> {
    if (heads.length === 0) return [];
    const ids = heads.map(({ demonstrationId }) => demonstrationId);
    const lists = new Map(
      await Promise.all(LIST_ROWS.map(async ([name, row]) => [name, await readLines(row, ids)] as const)),
    );
    const linesOf = (name: ListName, id: string) => lists.get(name)?.get(id) ?? [];
    return heads.map((head) => ({
      ...head,
      seats: linesOf('seats', head.demonstrationId) as Demonstration['seats'],
      audience: linesOf('audience', head.demonstrationId) as Demonstration['audience'],
      materials: linesOf('materials', head.demonstrationId) as Demonstration['materials'],
    }));
  }

  async function insertLists(demonstration: Demonstration): Promise<void> {
    const { demonstrationId } = demonstration;
    for (const [name, row] of LIST_ROWS)
      for (const [position, line] of demonstration[name].entries())
        await insertRow(manager, row, { ...line, demonstrationId, position });
  }

  const headOf = ({ seats: _, audience: __, materials: ___, ...head }: Demonstration): DemonstrationHead => head;
  const first = async (heads: DemonstrationHead[]) => (await complete(heads))[0];

  return {
    async insert(demonstration) {
      await insertRow(manager, DemonstrationRow, headOf(demonstration));
      await insertLists(demonstration);
    },
    find: async (demonstrationId) => first(await manager.findBy(DemonstrationRow, { demonstrationId })),
    async findForUpdate(demonstrationId) {
      const lock = isMysql ? { lock: { mode: 'pessimistic_write' as const } } : {};
      return first(await manager.find(DemonstrationRow, { where: { demonstrationId }, ...lock }));
    },
    findMany: async (ids) =>
      ids.length === 0 ? [] : complete(await manager.findBy(DemonstrationRow, { demonstrationId: In([...ids]) })),
    async replace(demonstration, version) {
      const { demonstrationId } = demonstration;
      const where = { demonstrationId, version };
      if (!(await updateRow<DemonstrationHead>(manager, DemonstrationRow, where, headOf(demonstration)))) return false;
      for (const [, row] of LIST_ROWS) await manager.delete(row, { demonstrationId });
      await insertLists(demonstration);
      return true;
    },
    moveFacility: (from, to) => moveFacility(manager, from, to),
    async listPage(query) {
      const { heads, total } = await listDemonstrationPage(manager, query);
      return { demonstrations: await complete(heads), total };
    },
    listOfCase: async (consultationId) => complete(await manager.findBy(DemonstrationRow, { consultationId })),
    listBetween: async (facilityId, states, { from, to }) =>
      complete(
        await manager.findBy(DemonstrationRow, {
          facilityId,
          state: In([...states]),
          startsAt: LessThan(to),
          endsAt: MoreThan(from),
        }),
      ),
    listBeginning: async (states, after, until) =>
      complete(
        await manager.findBy(DemonstrationRow, {
          state: In([...states]),
          startsAt: And(MoreThan(after.toISOString()), LessThanOrEqual(until.toISOString())),
        }),
      ),
    listOver: async (states, by) =>
      complete(
        await manager.findBy(DemonstrationRow, {
          state: In([...states]),
          endsAt: LessThanOrEqual(by.toISOString()),
        }),
      ),
    noteReminder: (demonstrationId, startsAt, at) =>
      insertNew(manager, DemonstrationReminderRow, { demonstrationId, startsAt, at: at.toISOString() }),
    ...createEnrolmentStore(manager),
    ...createPresenceStore(manager),
  };
}
