import { createBrowserRouter, matchRoutes, Outlet, type RouteObject } from 'react-router';
import { consultationQuery } from '../api/consultations.ts';
import { queryClient } from '../api/query-client.ts';
import { addAllTexts } from '../i18n/i18n.ts';
import { PageSkeleton } from '../ui/skeleton.tsx';
import { administrationRoutes } from './administration/sections.ts';
import { CrashPage } from './crash.tsx';

/** The sign-in page alone does without most texts. */
async function withTexts<T>(page: Promise<T>): Promise<T> {
  const [module] = await Promise.all([page, addAllTexts()]);
  return module;
}

/** Each page is a chunk of its own; signing in loads none of the others. */
const routes: RouteObject[] = [
  {
    Component: Outlet,
    ErrorBoundary: CrashPage,
    HydrateFallback: PageSkeleton,
    children: [
      { path: '/sign-in', lazy: { Component: async () => (await import('./sign-in/sign-in.tsx')).SignInPage } },
      {
        path: '/first-start',
        lazy: { Component: async () => (await withTexts(import('./first-start.tsx'))).FirstStartPage },
      },
      {
        path: '/phone-camera',
        lazy: { Component: async () => (await withTexts(import('./phone-camera.tsx'))).PhoneCameraPage },
      },
      {
        path: '/set-password',
        lazy: { Component: async () => (await withTexts(import('./set-password.tsx'))).SetPasswordPage },
      },
      {
        lazy: { Component: async () => (await withTexts(import('./shell/signed-in.tsx'))).SignedIn },
        children: [
          {
            lazy: { Component: async () => (await import('./shell/office-frame.tsx')).OfficeFrame },
            children: [
              {
                ErrorBoundary: CrashPage,
                children: [
                  {
                    path: '/',
                    lazy: { Component: async () => (await import('./work-list/work-list.tsx')).WorkListPage },
                  },
                  {
                    path: '/consultations/new',
                    lazy: {
                      Component: async () => (await import('./consultation-form.tsx')).ConsultationFormPage,
                    },
                  },
                  {
                    path: '/consultations/:consultationId',
                    lazy: { Component: async () => (await import('./case/case.tsx')).CasePage },
                  },
                  {
                    path: '/consultations/:consultationId/edit',
                    lazy: {
                      Component: async () => (await import('./consultation-form.tsx')).ConsultationFormPage,
                    },
                  },
                  {
                    path: '/consultations/:consultationId/opinion',
                    lazy: { Component: async () => (await import('./opinion.tsx')).OpinionPage },
                  },
                  {
                    path: '/consultations/:consultationId/report',
                    lazy: { Component: async () => (await import('./report.tsx')).ReportPage },
                  },
                  {
                    path: '/patients',
                    lazy: { Component: async () => (await import('./patients/patients.tsx')).PatientsPage },
                  },
                  {
                    path: '/patients/:patientId',
                    lazy: { Component: async () => (await import('./patients/patient.tsx')).PatientPage },
                  },
                  {
                    path: '/patients/:patientId/accesses',
                    lazy: { Component: async () => (await import('./patients/ledger.tsx')).LedgerPage },
                  },
                  {
                    path: '/demonstrations',
                    lazy: {
                      Component: async () => (await import('./demonstrations/demonstrations.tsx')).DemonstrationsPage,
                    },
                  },
                  {
                    path: '/demonstrations/:demonstrationId',
                    lazy: {
                      Component: async () => (await import('./demonstrations/demonstration.tsx')).DemonstrationPage,
                    },
                  },
                  {
                    path: '/demonstrations/:demonstrationId/replay',
                    lazy: { Component: async () => (await import('./demonstrations/replay.tsx')).ReplayPage },
                  },
                  {
                    path: '/demonstrations/:demonstrationId/key-images',
                    lazy: { Component: async () => (await import('./demonstrations/key-images.tsx')).KeyImagesPage },
                  },
                  {
                    path: '/administration',
                    lazy: {
                      Component: async () => (await import('./administration/administration.tsx')).AdministrationPage,
                    },
                    children: administrationRoutes,
                  },
                  {
                    path: '/audit',
                    lazy: { Component: async () => (await import('./audit/audit.tsx')).AuditPage },
                  },
                  {
                    path: '/account',
                    lazy: { Component: async () => (await import('./own-account.tsx')).OwnAccountPage },
                  },
                  {
                    path: '*',
                    lazy: { Component: async () => (await import('./not-found.tsx')).NotFoundPage },
                  },
                ],
              },
            ],
          },
          {
            ErrorBoundary: CrashPage,
            lazy: { Component: async () => (await import('./shell/reading-room.tsx')).ReadingRoom },
            children: [
              {
                path: '/consultations/:consultationId/room',
                lazy: { Component: async () => (await import('./room.tsx')).RoomPage },
              },
              {
                path: '/demonstrations/:demonstrationId/watch',
                lazy: { Component: async () => (await import('./demonstrations/watch.tsx')).WatchPage },
              },
              {
                path: '/demonstrations/:demonstrationId/desk',
                lazy: { Component: async () => (await import('./demonstrations/desk.tsx')).DeskPage },
              },
              {
                path: '/consultations/:consultationId/images',
                lazy: { Component: async () => (await import('./images.tsx')).ImagesPage },
              },
              {
                path: '/demonstrations/:demonstrationId/theatre',
                lazy: { Component: async () => (await import('./demonstrations/theatre.tsx')).TheatrePage },
              },
              {
                path: '/demonstrations/:demonstrationId/cut',
                lazy: { Component: async () => (await import('./demonstrations/cut.tsx')).CutPage },
              },
            ],
          },
        ],
      },
    ],
  },
];

/** Creating the router begins the first navigation, which loads the chunks of its page: create it when the address is known to be the right one. */
export const createRouter = () => createBrowserRouter(routes);

/**
 * Asks for what the page at an address will need, while it is still being found out who is signed in: its code, its case, and for
 * images the code of their viewers. Only where they are looked at alone is the first of them wanted at once: a room begins with its preview,
 * whose line is not to be shared with pictures. What does not come now is asked for again when the page needs it.
 */
export function fetchAhead(pathname: string): void {
  const matches = matchRoutes(routes, pathname) ?? [];
  const { consultationId } = matches.at(-1)?.params ?? {};
  if (consultationId !== undefined) fetchCaseAhead(consultationId, pathname).catch(() => undefined);
  for (const { route } of matches) if (typeof route.lazy === 'object') route.lazy.Component?.().catch(() => undefined);
}

async function fetchCaseAhead(consultationId: string, pathname: string): Promise<void> {
  const query = consultationQuery(consultationId);
  await queryClient.prefetchQuery(query);
  const consultation = queryClient.getQueryData(query.queryKey);
  if (!consultation) return;
  const { materials } = consultation;
  if (pathname.endsWith('/images'))
    (await import('../review/fetch-ahead.ts')).fetchReviewAhead(consultationId, materials);
  else if (pathname.endsWith('/room')) (await import('../review/preload.ts')).preloadReview(materials);
}
