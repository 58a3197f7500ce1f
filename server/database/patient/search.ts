import type { EntityManager } from 'typeorm';
import type { IdentifierKind } from '../../contract/index.ts';
import type { NameBeginnings, PatientReader, PatientStore } from '../../patients/store.ts';
import { hasMoreGrants } from '../consultation/few-grants.ts';

/** Up to so many grants that have not ended the reader's own cases are gone through; beyond, the names. */
const FEW_GRANTS = 2_000;

/** Greater than whatever may follow a beginning: names are compared by code point, their sounds are ASCII letters. */
const AFTER = { nameKey: '\u{10ffff}', pinyin: '~', initials: '~' } as const;

type Column = keyof NameBeginnings;

/** One index and one range a column: neither a scan nor a sort, however many patients there are. */
export function createPatientSearch(manager: EntityManager): Pick<PatientStore, 'searchByNumber' | 'searchByName'> {
  const isMysql = manager.connection.options.type === 'mysql';
  /** Joins in the order that is written: neither database knows how few cases one person has. */
  const then = isMysql ? 'STRAIGHT_JOIN' : 'CROSS JOIN';

  return {
    async searchByNumber(reader, numberIndices, limit) {
      if (numberIndices.length === 0 || reader.bases.length === 0) return [];
      const visible = isVisible(reader, 'i.patientId', then);
      return (await manager.query(
        `SELECT DISTINCT i.patientId AS patientId, i.kind AS kind FROM patient_identifier i
         WHERE i.numberIndex IN (${marks(numberIndices)}) AND ${visible.sql} LIMIT ${limit}`,
        [...numberIndices, ...visible.values],
      )) as { patientId: string; kind: IdentifierKind }[];
    },

    async searchByName(reader, beginnings, limit) {
      const ranges = Object.entries(beginnings) as [Column, string][];
      if (ranges.length === 0 || reader.bases.length === 0) return [];
      if (!(await hasMoreGrants(manager, reader, FEW_GRANTS)))
        return (await amongCases(reader, ranges, limit)).map(idOf);
      const found = new Set<string>();
      // One's own hospital first: of its patients nearly all may be seen, of a whole province's one in two hundred.
      for (const place of [reader.facilityId, undefined])
        for (const [column, beginning] of ranges) {
          if (found.size >= limit) break;
          for (const row of await amongNames(reader, { column, beginning, place }, limit)) found.add(idOf(row));
        }
      return [...found].slice(0, limit);
    },
  };

  /** From the reader's grants to the patients of their cases, once for all that is looked for. */
  function amongCases(reader: PatientReader, ranges: [Column, string][], limit: number) {
    const held = isHeld(reader);
    const any = ranges.map(([column]) => `(p.${column} >= ? AND p.${column} < ?)`).join(' OR ');
    return manager.query(
      `SELECT DISTINCT p.patientId AS patientId, p.nameKey AS sortedBy FROM consultation_grant g
       ${then} consultation c ON c.consultationId = g.consultationId
       ${then} patient p ON p.patientId = c.patientId
       WHERE ${held.sql} AND (${any}) ORDER BY p.nameKey, p.patientId LIMIT ${limit}`,
      [...held.values, ...ranges.flatMap(([column, beginning]) => [beginning, beginning + AFTER[column]])],
    ) as Promise<{ patientId: string }[]>;
  }

  /** From the names to those whose case the reader may see, until there are enough. @param place one hospital's patients alone */
  function amongNames(
    reader: PatientReader,
    { column, beginning, place }: { column: Column; beginning: string; place: string | undefined },
    limit: number,
  ) {
    const visible = isVisible(reader, 'p.patientId', then);
    const ofPlace = place === undefined ? '' : 'p.facilityId = ? AND';
    return manager.query(
      `SELECT p.patientId AS patientId FROM patient p
       WHERE ${ofPlace} p.${column} >= ? AND p.${column} < ? AND ${visible.sql}
       ORDER BY p.${column}, p.patientId LIMIT ${limit}`,
      [...(place === undefined ? [] : [place]), beginning, beginning + AFTER[column], ...visible.values],
    ) as Promise<{ patientId: string }[]>;
  }
}

const idOf = ({ patientId }: { patientId: string }): string => patientId;

interface Condition {
  sql: string;
  values: string[];
}

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** A grant `g` of the reader that fits role, facility and time: `access/may.ts` then always allows at least to look. */
function isHeld({ accountId, facilityId, at, bases }: PatientReader): Condition {
  const now = at.toISOString();
  return {
    sql: `g.accountId = ? AND g.facilityId = ? AND g.fromAt <= ? AND (g.endedAt IS NULL OR g.endedAt > ?) AND g.basis IN (${marks(bases)})`,
    values: [accountId, facilityId, now, now, ...bases],
  };
}

/** @param then the join that begins with the patient's cases, which are few, and not with the reader's, who may have very many. */
function isVisible(reader: PatientReader, patientId: string, then: string): Condition {
  const held = isHeld(reader);
  return {
    sql: `EXISTS (SELECT 1 FROM consultation c ${then} consultation_grant g ON g.consultationId = c.consultationId
          WHERE c.patientId = ${patientId} AND ${held.sql})`,
    values: held.values,
  };
}
