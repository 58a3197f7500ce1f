import { useSearchParams } from 'react-router';
import { Role } from '../../server/contract/account.ts';
import { LicenceFilter, PeopleQuery, PeopleSort, PersonState } from '../../server/contract/people.ts';

export const PEOPLE_A_PAGE = 20;

type Change = Partial<
  Pick<PeopleQuery, 'search' | 'role' | 'facilityId' | 'state' | 'licence' | 'sort' | 'order' | 'page'>
>;

/** Which people are shown, and how. It stands in the address, so that it outlives a reload and can be bookmarked. */
export function usePeopleView() {
  const [search, setSearch] = useSearchParams();
  const read = (name: string) => search.get(name) ?? undefined;
  // What somebody wrote into the address by hand, and is no such value, is left out.
  const query: Partial<PeopleQuery> = {
    search: read('search'),
    role: Role.safeParse(read('role')).data,
    facilityId: PeopleQuery.shape.facilityId.safeParse(read('facility')).data,
    state: PersonState.safeParse(read('state')).data,
    licence: LicenceFilter.safeParse(read('licence')).data,
    sort: PeopleSort.safeParse(read('sort')).data ?? 'name',
    order: read('order') === 'descending' ? 'descending' : 'ascending',
    page: PeopleQuery.shape.page.safeParse(read('page')).data ?? 1,
    limit: PEOPLE_A_PAGE,
  };
  const isNarrowed = [query.search, query.role, query.facilityId, query.state, query.licence].some(
    (part) => part !== undefined,
  );
  return {
    query,
    isNarrowed,
    change(change: Change) {
      setSearch(
        (old) => {
          // Another filter or order begins at its first page.
          for (const [name, value] of Object.entries({ page: undefined, ...change })) {
            const key = name === 'facilityId' ? 'facility' : name;
            if (value === undefined || value === '') old.delete(key);
            else old.set(key, String(value));
          }
          return old;
        },
        { replace: true },
      );
    },
    clear: () => setSearch({}, { replace: true }),
  };
}
