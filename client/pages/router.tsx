import { createBrowserRouter, Outlet, type RouteObject } from 'react-router';
import { PageSkeleton } from '../ui/skeleton.tsx';
import { CrashPage } from './crash.tsx';

/** Each page is a chunk of its own; signing in loads none of the others. */
const routes: RouteObject[] = [
  {
    Component: Outlet,
    ErrorBoundary: CrashPage,
    HydrateFallback: PageSkeleton,
    children: [
      { path: '/sign-in', lazy: { Component: async () => (await import('./sign-in/sign-in.tsx')).SignInPage } },
      {
        lazy: { Component: async () => (await import('./shell/signed-in.tsx')).SignedIn },
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
                    path: '/audit',
                    lazy: { Component: async () => (await import('./audit/audit.tsx')).AuditPage },
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
                path: '/consultations/:consultationId/images',
                lazy: { Component: async () => (await import('./images.tsx')).ImagesPage },
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
