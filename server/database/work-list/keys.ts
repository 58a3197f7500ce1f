import { Brackets } from 'typeorm';
import { statesWhere } from '../../cases/kinds/case-kinds.ts';
import type { WorkListSort } from '../../contract/index.ts';

/** One key of an order. Together they tell any two cases apart. */
export interface SortKey {
  expression: string;
  order: 'ASC' | 'DESC';
  /** As it was read: MySQL gives numbers of an expression as text. */
  read(value: string | number): string | number;
}

const RANK = "CASE c.urgency WHEN 'emergency' THEN 0 WHEN 'urgent' THEN 1 WHEN 'routine' THEN 2 ELSE 3 END";
/** The cases that wait since they were submitted, by the words of the kinds' own tables. */
const SINCE_SUBMITTED = statesWhere(({ since }) => since === 'submittedAt')
  .flatMap(({ kind, states }) => states.map((state) => `(c.kind = '${kind}' AND c.state = '${state}')`))
  .join(' OR ');
const WAITING_SINCE = `CASE WHEN ${SINCE_SUBMITTED} THEN COALESCE(c.submittedAt, c.changedAt) ELSE c.changedAt END`;

const text = (expression: string, order: 'ASC' | 'DESC'): SortKey => ({ expression, order, read: String });
const number = (expression: string): SortKey => ({ expression, order: 'ASC', read: Number });

export const KEYS: Record<WorkListSort, SortKey[]> = {
  newest: [text('c.createdAt', 'DESC'), text('c.consultationId', 'DESC')],
  changed: [text('c.changedAt', 'DESC'), text('c.consultationId', 'DESC')],
  waiting: [number(RANK), text(WAITING_SINCE, 'ASC'), text('c.consultationId', 'ASC')],
};

/** Whatever comes after these keys: the first that differs decides. */
export function isPastCursor(keys: SortKey[], after: readonly (string | number)[]): Brackets {
  return new Brackets((any) => {
    keys.forEach(({ expression, order }, index) => {
      const same = keys.slice(0, index).map((key, before) => `${key.expression} = :after${before}`);
      const past = `${expression} ${order === 'ASC' ? '>' : '<'} :after${index}`;
      any.orWhere(
        `(${[...same, past].join(' AND ')})`,
        Object.fromEntries(after.map((key, at) => [`after${at}`, key])),
      );
    });
  });
}
