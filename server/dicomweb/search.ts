import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { withBulkDataAddresses } from '../archive/metadata-links.ts';
import type { Match, SearchLevel } from '../archive/search.ts';
import type { Instance, Scope, Series, Study } from '../archive/study.ts';
import type { SearchScope } from '../archive/study-access.ts';
import type { DicomJson } from '../formats/dicom/json-attributes.ts';
import type { Stores } from '../store/stores.ts';
import { type DicomWebAddresses, instanceAddress, seriesAddress, studyAddress } from './addresses.ts';
import { SERIES_TAGS, STUDY_TAGS } from './attributes.ts';
import type { SearchRequest } from './search-request.ts';
import { instanceResult, seriesResult, sorted, studyResult, withIncluded } from './search-results.ts';

const decompress = promisify(gunzip);
/** Returned with every series where the device wrote them, PS3.18 table 10.6.3-4. */
const ALWAYS_WITH_SERIES = ['00080201', '00400275'];

/** What is searched for: studies, series or instances, maybe of one study or series. */
export interface SearchTarget {
  level: SearchLevel;
  studyInstanceUid?: string | undefined;
  seriesInstanceUid?: string | undefined;
}

export interface SearchAnswer {
  results: DicomJson[];
  /** What the results tell of, for the access log. */
  shown: { scope: SearchScope; studyInstanceUid: string }[];
  /** There are more than were returned. */
  isCut: boolean;
}

/**
 * Searches all scopes and merges what they have; of a UID that lies in several the first scope's is shown. One more than the
 * limit is looked for, to know whether there is more.
 */
export async function search(
  stores: Pick<Stores, 'studies' | 'materials'>,
  scopes: SearchScope[],
  target: SearchTarget,
  request: SearchRequest,
  addresses: DicomWebAddresses,
): Promise<SearchAnswer> {
  const matches = [...request.matches, ...pathMatches(target)];
  const { offset, limit } = request.page;
  const page = { offset: 0, limit: offset + limit + 1 };
  const found = new Map<string, Found>();
  const shownStudies = new Map<string, string>();
  for (const scope of scopes) {
    for (const one of await findIn(stores, scope, target.level, matches, page)) {
      // A study is shown from one copy as a whole.
      const copy = `${one.row.facilityId} ${scope.cases === null}`;
      const shown = shownStudies.get(one.row.studyInstanceUid) ?? copy;
      shownStudies.set(one.row.studyInstanceUid, shown);
      if (shown === copy && !found.has(one.key)) found.set(one.key, one);
    }
  }
  const ordered = [...found.values()].sort((a, b) => (a.order < b.order ? -1 : 1));
  const shown = ordered.slice(offset, offset + limit);
  const results: DicomJson[] = [];
  for (const one of shown) results.push(await toResult(stores, one, target, request, addresses));
  return {
    results,
    shown: shown.map(({ scope, row }) => ({ scope, studyInstanceUid: row.studyInstanceUid })),
    isCut: ordered.length > offset + limit,
  };
}

function pathMatches({ level, studyInstanceUid, seriesInstanceUid }: SearchTarget): Match[] {
  const matches: Match[] = [];
  if (studyInstanceUid !== undefined)
    matches.push({ level, field: 'studyInstanceUid', kind: 'any-of', values: [studyInstanceUid] });
  if (seriesInstanceUid !== undefined)
    matches.push({ level, field: 'seriesInstanceUid', kind: 'any-of', values: [seriesInstanceUid] });
  return matches;
}

type Found = { scope: SearchScope; key: string; order: string } & (
  | { level: 'study'; row: Study }
  | { level: 'series'; row: Series }
  | { level: 'instance'; row: Instance }
);

async function findIn(
  stores: Pick<Stores, 'studies'>,
  scope: SearchScope,
  level: SearchLevel,
  matches: Match[],
  page: { offset: number; limit: number },
): Promise<Found[]> {
  switch (level) {
    case 'study':
      return (await stores.studies.searchStudies(scope.scope, matches, page)).map((row) => ({
        level,
        scope,
        row,
        key: row.studyInstanceUid,
        order: `${newestFirst(row.studyDate, 8)}${newestFirst(row.studyTime, 13)} ${row.studyInstanceUid}`,
      }));
    case 'series':
      return (await stores.studies.searchSeries(scope.scope, matches, page)).map((row) => ({
        level,
        scope,
        row,
        key: `${row.studyInstanceUid} ${row.seriesInstanceUid}`,
        order: `${row.studyInstanceUid} ${rising(row.seriesNumber)} ${row.seriesInstanceUid}`,
      }));
    case 'instance':
      return (await stores.studies.searchInstances(scope.scope, matches, page)).map((row) => ({
        level,
        scope,
        row,
        key: row.sopInstanceUid,
        order: `${row.studyInstanceUid} ${row.seriesInstanceUid} ${rising(row.instanceNumber)} ${row.sopInstanceUid}`,
      }));
  }
}

/** Text that sorts the other way round: digits are replaced by what they lack to nine. */
function newestFirst(text: string, length: number): string {
  return text
    .slice(0, length)
    .padEnd(length, '/')
    .replace(/\d/g, (digit) => String(9 - Number(digit)))
    .replaceAll('/', '~');
}

function rising(number: number | null): string {
  return number === null ? '' : String(number + 1e15).padStart(17, '0');
}

async function toResult(
  stores: Pick<Stores, 'studies' | 'materials'>,
  found: Found,
  target: SearchTarget,
  request: SearchRequest,
  addresses: DicomWebAddresses,
): Promise<DicomJson> {
  const scope = await narrowed(stores, found.scope.scope, found.row.studyInstanceUid);
  const { include } = request;
  const isRelational = target.studyInstanceUid === undefined;
  switch (found.level) {
    case 'study':
      return describeStudy(stores, scope, found.row, include, addresses);
    case 'series': {
      const series = await describeSeries(stores, scope, found.row, include, addresses);
      if (!isRelational) return series;
      const study = await stores.studies.getStudy(found.row.facilityId, found.row.studyInstanceUid);
      return sorted({ ...(await describeStudy(stores, scope, study, include, addresses)), ...series });
    }
    case 'instance': {
      const instance = await describeInstance(stores, found.row, include, addresses);
      if (target.seriesInstanceUid !== undefined) return instance;
      const { facilityId, studyInstanceUid, seriesInstanceUid } = found.row;
      const siblings = await stores.studies.listSeries(facilityId, studyInstanceUid);
      const row = siblings.find((one) => one.seriesInstanceUid === seriesInstanceUid);
      const series = row ? await describeSeries(stores, scope, row, new Set(), addresses) : {};
      if (!isRelational) return sorted({ ...series, ...instance });
      const study = await stores.studies.getStudy(facilityId, studyInstanceUid);
      return sorted({ ...(await describeStudy(stores, scope, study, new Set(), addresses)), ...series, ...instance });
    }
  }
}

/** Of many cases only those that have the study: what is counted then is little. */
async function narrowed(stores: Pick<Stores, 'materials'>, scope: Scope, studyInstanceUid: string): Promise<Scope> {
  if ('facilityId' in scope || scope.consultationIds.length < 2) return scope;
  const having = new Set(await stores.materials.listConsultations(studyInstanceUid));
  return { consultationIds: scope.consultationIds.filter((consultationId) => having.has(consultationId)) };
}

type Include = SearchRequest['include'];

async function describeStudy(
  stores: Pick<Stores, 'studies'>,
  scope: Scope,
  row: Study,
  include: Include,
  addresses: DicomWebAddresses,
) {
  const totals = await stores.studies.totalStudy(scope, row);
  const result = studyResult(row, totals, studyAddress(addresses, row.studyInstanceUid));
  if (include !== 'all' && include.size === 0) return sorted(result);
  const stored = await readRepresentative(stores, scope, addresses, row.studyInstanceUid);
  return withIncluded(result, stored, include, STUDY_TAGS);
}

async function describeSeries(
  stores: Pick<Stores, 'studies'>,
  scope: Scope,
  row: Series,
  include: Include,
  addresses: DicomWebAddresses,
) {
  const count = await stores.studies.countInstances(scope, row);
  const result = seriesResult(row, count, seriesAddress(addresses, row));
  const stored = await readRepresentative(stores, scope, addresses, row.studyInstanceUid, row.seriesInstanceUid);
  const wanted = include === 'all' ? include : new Set([...include, ...ALWAYS_WITH_SERIES]);
  return withIncluded(result, stored, wanted, new Set([...STUDY_TAGS, ...SERIES_TAGS]));
}

async function describeInstance(
  stores: Pick<Stores, 'studies'>,
  row: Instance,
  include: Include,
  addresses: DicomWebAddresses,
) {
  const result = instanceResult(row, instanceAddress(addresses, row));
  if (include !== 'all' && include.size === 0) return sorted(result);
  const [metadata] = await stores.studies.listMetadata([row]);
  const stored = metadata ? await parseMetadata(metadata, instanceAddress(addresses, row)) : {};
  return withIncluded(result, stored, include, undefined);
}

/** What one instance says of the study or series it belongs to. */
async function readRepresentative(
  stores: Pick<Stores, 'studies'>,
  scope: Scope,
  addresses: DicomWebAddresses,
  studyInstanceUid: string,
  seriesInstanceUid?: string,
): Promise<DicomJson> {
  const matches = pathMatches({ level: 'instance', studyInstanceUid, seriesInstanceUid });
  const instances = await stores.studies.searchInstances(scope, matches, { offset: 0, limit: 1 });
  const [metadata] = await stores.studies.listMetadata(instances);
  const [instance] = instances;
  return metadata && instance ? parseMetadata(metadata, instanceAddress(addresses, instance)) : {};
}

async function parseMetadata(metadata: Uint8Array, address: string): Promise<DicomJson> {
  return JSON.parse(withBulkDataAddresses((await decompress(metadata)).toString('utf8'), address)) as DicomJson;
}
