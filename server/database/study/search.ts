import type { EntityManager, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Match, SearchLevel, StudyTotals } from '../../archive/search.ts';
import { isPatientMatch, type PatientMatch } from '../../archive/search-by-patient.ts';
import type { StudyStore } from '../../archive/store.ts';
import type { Instance, Scope, Study } from '../../archive/study.ts';
import { type createNamedPatients, isAmong } from '../named-patients.ts';
import { InstanceRow, SeriesRow, StudyRow } from './rows.ts';

type Search = Pick<
  StudyStore,
  'listInstances' | 'searchStudies' | 'searchSeries' | 'searchInstances' | 'totalStudy' | 'countInstances'
>;

const ALIASES: Record<SearchLevel, string> = { study: 'st', series: 'se', instance: 'i' };
const TABLES: Record<SearchLevel, string> = { study: 'study', series: 'study_series', instance: 'study_instance' };
/** What ties the rows of two levels together: the higher of the two decides. */
const LEVELS: SearchLevel[] = ['study', 'series', 'instance'];
const KEYS: Record<SearchLevel, string[]> = {
  study: ['facilityId', 'studyInstanceUid'],
  series: ['facilityId', 'studyInstanceUid', 'seriesInstanceUid'],
  instance: ['facilityId', 'sopInstanceUid'],
};

/** A match as SQL can answer it: which patients were meant has been found out before. */
type Condition = Exclude<Match, PatientMatch> | { level: 'study'; kind: 'patients'; keys: string[] };

type StudyKey = Pick<Study, 'facilityId' | 'studyInstanceUid'>;
type Patients = ReturnType<typeof createNamedPatients>;

/** Searches over the archive or over what is attached to cases; conditions on another level become EXISTS. */
export function createStudySearch(manager: EntityManager, patients: Patients): Search {
  const conditionsOf = (scope: Scope, matches: Match[]) => toConditions(manager, patients, scope, matches);
  return {
    async listInstances(scope, uids) {
      const matches = INSTANCE_UIDS.flatMap((field): Condition[] => {
        const uid = uids[field];
        return uid === undefined ? [] : [{ level: 'instance', field, kind: 'any-of', values: [uid] }];
      });
      const rows = await query(manager, InstanceRow, 'instance', scope, matches)
        .orderBy('i.seriesInstanceUid')
        .addOrderBy('i.instanceNumber')
        .addOrderBy('i.sopInstanceUid')
        .getMany();
      return patients.named<Instance>(rows);
    },

    async searchStudies(scope, matches, { offset, limit }) {
      const rows = await query(manager, StudyRow, 'study', scope, await conditionsOf(scope, matches))
        .orderBy('st.studyDate', 'DESC')
        .addOrderBy('st.studyTime', 'DESC')
        .addOrderBy('st.studyInstanceUid')
        .addOrderBy('st.facilityId')
        .offset(offset)
        .limit(limit)
        .getMany();
      return patients.named<Study>(rows);
    },

    searchSeries: async (scope, matches, { offset, limit }) =>
      query(manager, SeriesRow, 'series', scope, await conditionsOf(scope, matches))
        .orderBy('se.studyInstanceUid')
        .addOrderBy('se.seriesNumber')
        .addOrderBy('se.seriesInstanceUid')
        .addOrderBy('se.facilityId')
        .offset(offset)
        .limit(limit)
        .getMany(),

    async searchInstances(scope, matches, { offset, limit }) {
      const rows = await query(manager, InstanceRow, 'instance', scope, await conditionsOf(scope, matches))
        .orderBy('i.studyInstanceUid')
        .addOrderBy('i.seriesInstanceUid')
        .addOrderBy('i.instanceNumber')
        .addOrderBy('i.sopInstanceUid')
        .addOrderBy('i.facilityId')
        .offset(offset)
        .limit(limit)
        .getMany();
      return patients.named<Instance>(rows);
    },

    totalStudy: (scope, study) => totalStudy(manager, scope, study),

    countInstances: (scope, series) => within(manager, scope, series, series.seriesInstanceUid).getCount(),
  };
}

const INSTANCE_UIDS = ['studyInstanceUid', 'seriesInstanceUid', 'sopInstanceUid'] as const;

/** Patients are sealed: those within the scope are opened and compared here, the rest is the database's. */
async function toConditions(
  manager: EntityManager,
  patients: Patients,
  scope: Scope,
  matches: Match[],
): Promise<Condition[]> {
  const ofPatient = matches.filter(isPatientMatch);
  const plain = matches.filter((match) => !isPatientMatch(match));
  if (ofPatient.length === 0) return plain;
  const keys = await patients.keysMatching(
    'facilityId' in scope ? scope : { keys: await listPatientKeys(manager, scope) },
    ofPatient,
  );
  return [...plain, { level: 'study', kind: 'patients', keys }];
}

async function listPatientKeys(manager: EntityManager, scope: Scope): Promise<string[]> {
  const rows = await query(manager, StudyRow, 'study', scope, [])
    .select('st.patientKey', 'patientKey')
    .distinct(true)
    .getRawMany<{ patientKey: string }>();
  return rows.map(({ patientKey }) => patientKey);
}

/** What a study holds within the scope: of one that is attached in part, only that part. */
async function totalStudy(manager: EntityManager, scope: Scope, study: StudyKey): Promise<StudyTotals> {
  const counted = await within(manager, scope, study)
    .select('i.seriesInstanceUid', 'series')
    .addSelect('COUNT(*)', 'instances')
    .groupBy('i.seriesInstanceUid')
    .getRawMany<{ series: string; instances: string | number }>();
  const found = new Set(counted.map((row) => row.series));
  const { facilityId, studyInstanceUid } = study;
  const series = await manager.findBy(SeriesRow, { facilityId, studyInstanceUid });
  const modalities = series.filter((one) => found.has(one.seriesInstanceUid)).map((one) => one.modality);
  return {
    modalities: [...new Set(modalities)].filter((modality) => modality !== '').sort(),
    seriesCount: found.size,
    instanceCount: counted.reduce((sum, row) => sum + Number(row.instances), 0),
  };
}

function within(
  manager: EntityManager,
  scope: Scope,
  { facilityId, studyInstanceUid }: StudyKey,
  seriesInstanceUid?: string,
) {
  return query(manager, InstanceRow, 'instance', scope, [])
    .andWhere('i.facilityId = :facility AND i.studyInstanceUid = :study', {
      facility: facilityId,
      study: studyInstanceUid,
    })
    .andWhere(seriesInstanceUid === undefined ? '1 = 1' : 'i.seriesInstanceUid = :series', {
      series: seriesInstanceUid,
    });
}

function query<T extends ObjectLiteral>(
  manager: EntityManager,
  schema: EntityTarget<T>,
  level: SearchLevel,
  scope: Scope,
  matches: Condition[],
): SelectQueryBuilder<T> {
  const builder = manager.createQueryBuilder(schema, ALIASES[level]);
  restrict(builder, level, scope, matches);
  return builder;
}

function restrict<T extends ObjectLiteral>(
  builder: SelectQueryBuilder<T>,
  level: SearchLevel,
  scope: Scope,
  matches: Condition[],
): void {
  const alias = ALIASES[level];
  const inScope = (of: string, ofLevel: SearchLevel): string =>
    'facilityId' in scope ? `${of}.facilityId = :scopeFacility` : attachedTo(of, ofLevel);
  builder.where(inScope(alias, level));
  if ('facilityId' in scope) builder.setParameter('scopeFacility', scope.facilityId);
  // An empty list is no valid SQL, and means no case at all.
  else builder.setParameter('scopeCases', scope.consultationIds.length > 0 ? scope.consultationIds : ['']);

  for (const other of LEVELS) {
    const conditions = matches.flatMap((match, index) => {
      if (match.level !== other) return [];
      const of = ALIASES[other];
      return match.kind === 'patients'
        ? [isAmong(`${of}.patientKey`, match.keys)]
        : [condition(builder, match, `${of}.${match.field}`, `match${index}`)];
    });
    if (conditions.length === 0) continue;
    if (other === level) {
      for (const one of conditions) builder.andWhere(one);
      continue;
    }
    const of = ALIASES[other];
    const higher = LEVELS.indexOf(other) < LEVELS.indexOf(level) ? other : level;
    builder.andWhere(
      `EXISTS (SELECT 1 FROM ${TABLES[other]} ${of} WHERE ${tie(of, alias, higher)} AND ${inScope(of, other)} AND ${conditions.join(' AND ')})`,
    );
  }
}

/** Where to find, by an index, what a case has of a level. */
const ATTACHED: Record<SearchLevel, { table: string; key: string }> = {
  study: { table: 'material', key: 'studyInstanceUid' },
  series: { table: 'material', key: 'studyInstanceUid' },
  instance: { table: 'material_instance', key: 'sopInstanceUid' },
};

/**
 * First what the cases have at all, which is little and leads to the rows by an index; then, of these, whether it is this
 * archive's copy. Without the first part the whole archive would be gone through.
 */
function attachedTo(of: string, level: SearchLevel): string {
  const { table, key } = ATTACHED[level];
  return (
    `${of}.${key} IN (SELECT a.${key} FROM ${table} a WHERE a.consultationId IN (:...scopeCases)) AND ` +
    `EXISTS (SELECT 1 FROM material_instance m WHERE ${tie('m', of, level)} AND m.consultationId IN (:...scopeCases))`
  );
}

function tie(one: string, other: string, level: SearchLevel): string {
  return KEYS[level].map((key) => `${one}.${key} = ${other}.${key}`).join(' AND ');
}

/** SQL of one match. `=` and LIKE follow the column's collation: exact for codes, any letter case for names. */
function condition<T extends ObjectLiteral>(
  builder: SelectQueryBuilder<T>,
  match: Exclude<Match, PatientMatch>,
  column: string,
  name: string,
): string {
  switch (match.kind) {
    case 'any-of':
      builder.setParameter(name, match.values.length > 0 ? match.values : ['']);
      return `${column} IN (:...${name})`;
    case 'range': {
      const parts = [`${column} <> ''`];
      if (match.from !== undefined) {
        builder.setParameter(`${name}From`, match.from);
        parts.push(`${column} >= :${name}From`);
      }
      if (match.to !== undefined) {
        builder.setParameter(`${name}To`, match.to);
        parts.push(`${column} <= :${name}To`);
      }
      return `(${parts.join(' AND ')})`;
    }
    case 'wildcard': {
      const like = match.pattern.replace(/[!%_]/g, '!$&').replaceAll('*', '%').replaceAll('?', '_');
      const patterns = match.isName ? [like, `${like}=%`, `%=${like}`, `%=${like}=%`] : [like];
      return `(${patterns
        .map((pattern, index) => {
          builder.setParameter(`${name}Like${index}`, pattern);
          return `${column} LIKE :${name}Like${index} ESCAPE '!'`;
        })
        .join(' OR ')})`;
    }
  }
}
