import type { RouteObject } from 'react-router';
import type { Permission } from '../../../server/contract/account.ts';

export interface Section {
  /** Its address below `/administration`, and its name in `administration:sections`. */
  name: 'facilities' | 'people' | 'agreements' | 'alliances' | 'machines' | 'import' | 'security' | 'policies' | 'acts';
  permission: Permission;
  routes: RouteObject[];
}

/** What is administered, each on pages of its own, in the order of the tabs. */
export const sections: readonly Section[] = [
  {
    name: 'facilities',
    permission: 'facility:manage',
    routes: [
      {
        path: 'facilities/:facilityId?',
        lazy: { Component: async () => (await import('./facilities.tsx')).FacilitiesPage },
      },
    ],
  },
  {
    name: 'people',
    permission: 'account:manage',
    routes: [{ path: 'people', lazy: { Component: async () => (await import('./people.tsx')).PeoplePage } }],
  },
  {
    name: 'agreements',
    permission: 'facility:manage',
    routes: [
      { path: 'agreements', lazy: { Component: async () => (await import('./agreements.tsx')).AgreementsPage } },
      {
        path: 'agreements/:agreementId',
        lazy: { Component: async () => (await import('./agreements.tsx')).AgreementPage },
      },
    ],
  },
  {
    name: 'alliances',
    permission: 'facility:manage',
    routes: [
      {
        path: 'alliances/:allianceId?',
        lazy: { Component: async () => (await import('./alliances.tsx')).AlliancesPage },
      },
    ],
  },
  {
    name: 'machines',
    permission: 'machine:list',
    routes: [{ path: 'machines', lazy: { Component: async () => (await import('./machines.tsx')).MachinesPage } }],
  },
  {
    name: 'import',
    permission: 'account:manage',
    routes: [{ path: 'import', lazy: { Component: async () => (await import('./import.tsx')).ImportPage } }],
  },
  {
    name: 'security',
    permission: 'account-security:manage',
    routes: [
      {
        path: 'security',
        lazy: { Component: async () => (await import('./account-security.tsx')).AccountSecurityPage },
      },
    ],
  },
  {
    name: 'policies',
    permission: 'policy:read',
    routes: [{ path: 'policies', lazy: { Component: async () => (await import('./policies.tsx')).PoliciesPage } }],
  },
  {
    name: 'acts',
    permission: 'administration-acts:read',
    routes: [{ path: 'acts', lazy: { Component: async () => (await import('./acts.tsx')).ActsPage } }],
  },
];

export const administrationRoutes: RouteObject[] = sections.flatMap(({ routes }) => routes);
