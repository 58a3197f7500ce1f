import { administeredFacilities } from '../access/administered-facilities.ts';
import type { Asked } from '../access/asked.ts';
import { requirePermission } from '../access/may.ts';
import { isWithin } from '../access/people.ts';
import { findRemit, type PeopleParts } from '../accounts/people.ts';
import { recordAct } from '../audit/record.ts';
import type { ImportKind, PeopleFilter, TableLanguage } from '../contract/index.ts';
import { type Facility, toDraft } from '../facilities/facility.ts';
import { licenceFilter } from '../licences/licence.ts';
import type { Work } from '../store/stores.ts';
import { departmentCells } from './department-plan.ts';
import { permissionFor } from './dry-run.ts';
import { facilityCells } from './facility-cells.ts';
import { callFacility, knownFacilities } from './known-facilities.ts';
import { licenceCells } from './licence-cells.ts';
import { personCells } from './people-plan.ts';
import type { TableRows } from './write-table.ts';

export interface ExportParts {
  work: Work<'accounts' | 'audit' | 'facilities' | 'practitioners'>;
  people: PeopleParts;
}

const PEOPLE_AT_ONCE = 500;

/** All of a kind that the caller administers, as rows that can be imported again. It is an act: the table leaves the system. */
export async function exportRows(
  parts: ExportParts,
  asked: Asked,
  { kind, language }: { kind: ImportKind; language: TableLanguage },
  filter: PeopleFilter = {},
): Promise<TableRows> {
  const { caller } = asked;
  requirePermission(caller, permissionFor(kind));
  // What was typed to search by is a name.
  const { search: _, ...narrowed } = filter;
  await parts.work.write(({ audit }) =>
    recordAct(audit, asked, {
      action: 'export:read',
      subjectKind: 'export',
      subjectId: kind,
      detail: { kind, ...narrowed },
    }),
  );
  const facilities = await parts.work.read.facilities.listAll();
  const scope = administeredFacilities(caller, facilities);
  const own = facilities.filter(({ facilityId, status }) => scope.has(facilityId) && status === 'active');
  if (kind === 'facilities') return facilityRows(own, facilities, language);
  if (kind === 'departments') return departmentRows(own, facilities, language);
  return peopleRows(parts, asked, facilities, { language, filter });
}

const openOnly = (facilities: readonly Facility[]) => facilities.filter(({ status }) => status !== 'merged');

async function* facilityRows(own: Facility[], all: Facility[], language: TableLanguage): TableRows {
  const known = knownFacilities(openOnly(all));
  const byId = new Map(all.map((one) => [one.facilityId, one]));
  yield own.map((one) => {
    const parent = byId.get(one.parentId ?? '');
    return { ...facilityCells(toDraft(one), language), parent: parent ? callFacility(known, parent) : '' };
  });
}

async function* departmentRows(own: Facility[], all: Facility[], language: TableLanguage): TableRows {
  const known = knownFacilities(openOnly(all));
  yield own.flatMap((one) =>
    one.departments.map((department) => ({
      ...departmentCells(department, language),
      facility: callFacility(known, one),
    })),
  );
}

async function* peopleRows(
  { work, people }: ExportParts,
  { caller, at }: Asked,
  all: Facility[],
  { language, filter }: { language: TableLanguage; filter: PeopleFilter },
): TableRows {
  const known = knownFacilities(openOnly(all));
  const byId = new Map(all.map((one) => [one.facilityId, one]));
  const remit = await findRemit(people, caller);
  // A row says the main appointment: whoever is administered elsewhere is no row that could be imported again.
  const licence = licenceFilter(filter.licence, at);
  const logins = await work.read.accounts.listLogins({ ...filter, licence, facilityIds: remit });
  for (let from = 0; from < logins.length; from += PEOPLE_AT_ONCE) {
    const some = await work.read.accounts.findByLogins(logins.slice(from, from + PEOPLE_AT_ONCE));
    const own = some
      .filter(({ facilityId }) => isWithin(remit, facilityId))
      .sort((a, b) => (a.login < b.login ? -1 : Number(a.login > b.login)));
    const found = await work.read.practitioners.findMany(own.map(({ accountId }) => accountId));
    const practitioners = new Map(found.map((one) => [one.accountId, one]));
    yield own.map((account) => {
      const facility = byId.get(account.facilityId);
      return {
        ...personCells(account, facility ? callFacility(known, facility) : '', language),
        ...licenceCells(practitioners.get(account.accountId), language),
      };
    });
  }
}
