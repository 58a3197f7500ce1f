import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query';
import type { ManagedPersonView, PeopleQuery } from '../../server/contract/people.ts';
import { call } from '../api/http.ts';

export const peopleQuery = (query: Partial<PeopleQuery>) =>
  queryOptions({
    queryKey: ['people', 'page', query],
    queryFn: ({ signal }) => call('people:list', { query, signal }),
    // The table stays while the next page, or what is typed, is asked for.
    placeholderData: keepPreviousData,
  });

export const choicesQuery = queryOptions({
  queryKey: ['people', 'choices'],
  queryFn: ({ signal }) => call('people:choices', { signal }),
});

export const personQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['people', 'person', accountId],
    queryFn: ({ signal }) => call('person:read', { params: { accountId }, signal }),
    // What is edited is what is saved now, not what it was when it was last looked at.
    staleTime: 0,
  });

export const practitionerQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['people', 'practitioner', accountId],
    queryFn: ({ signal }) => call('practitioner:read', { params: { accountId }, signal }),
  });

export const ownPractitionerQuery = queryOptions({
  queryKey: ['own-practitioner'],
  queryFn: ({ signal }) => call('own-practitioner:read', { signal }),
});

/** A person has changed: the table behind shows it too. */
export function keepPerson(client: QueryClient, person: ManagedPersonView): void {
  client.setQueryData(personQuery(person.accountId).queryKey, person);
  void client.invalidateQueries({ queryKey: ['people', 'page'] });
  void client.invalidateQueries({ queryKey: ['history', person.accountId] });
}
