import { administeredFacilities } from '../access/administered-facilities.ts';
import type { Asked } from '../access/asked.ts';
import { requirePermission } from '../access/may.ts';
import { isWithin } from '../access/people.ts';
import { stateOf } from '../accounts/appointment.ts';
import { findRemit, type PeopleParts } from '../accounts/people.ts';
import { recordAct } from '../audit/record.ts';
import type { ImportKind, PeopleFilter, TableLanguage } from '../contract/index.ts';
import { type Facility, toDraft } from '../facilities/facility.ts';
import { licenceFilter } from '../licences/licence.ts';
import type { Work } from '../store/stores.ts';
import { furtherCells, placingCells } from './appointment-cells.ts';
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
  const licence = licenceFilter(filter.licence, at);
  const logins = await work.read.accounts.listLogins({ ...filter, licence, facilityIds: remit });
  for (let from = 0; from < logins.length; from += PEOPLE_AT_ONCE) {
    const accounts = (await work.read.accounts.findByLogins(logins.slice(from, from + PEOPLE_AT_ONCE))).sort((a, b) =>
      a.login < b.login ? -1 : Number(a.login > b.login),
    );
    const ids = accounts.map(({ accountId }) => accountId);
    const found = await work.read.practitioners.findMany(ids);
    const practitioners = new Map(found.map((one) => [one.accountId, one]));
    // Of whoever is administered elsewhere the appointment here alone, which account and name are enough to import again.
    const seen = (await work.read.accounts.listAppointments(ids)).filter(
      (one) => isWithin(remit, one.facilityId) && (one.isMain || stateOf(one, at) !== 'ended'),
    );
    const nameOf = (facilityId: string) => {
      const facility = byId.get(facilityId);
      return facility ? callFacility(known, facility) : '';
    };
    yield accounts.flatMap((account) =>
      seen
        .filter(
          ({ accountId }) =>
            accountId === account.accountId && (account.isActive || isWithin(remit, account.facilityId)),
        )
        .map((one) =>
          one.isMain
            ? {
                ...personCells(account, nameOf(one.facilityId), language),
                ...placingCells(one, true, language),
                ...licenceCells(practitioners.get(one.accountId), language),
              }
            : {
                name: account.name,
                login: account.login,
                facility: nameOf(one.facilityId),
                ...furtherCells(one, language),
              },
        ),
    );
  }
}
