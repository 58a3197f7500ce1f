import type { z } from 'zod';
import { accountRoutes } from './account-routes.ts';
import { administrationRoutes } from './administration-routes.ts';
import { askingRoutes } from './asking-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { caseRoutes } from './case-routes.ts';
import { demonstrationRoutes, phoneCameraRoutes, recordingRoutes, showingRoutes } from './demonstration-routes.ts';
import { importRoutes } from './import-routes.ts';
import { patientRoutes } from './patient-routes.ts';
import { policyRoutes } from './policy-routes.ts';
import { sessionRoutes } from './session-routes.ts';

/** Every JSON route under one name. Binary routes (upload bytes, key images, DICOMweb) are described in PROTOCOL.md. */
export const routes = {
  ...sessionRoutes,
  ...accountRoutes,
  ...policyRoutes,
  ...administrationRoutes,
  ...caseRoutes,
  ...patientRoutes,
  ...importRoutes,
  ...demonstrationRoutes,
  ...phoneCameraRoutes,
  ...recordingRoutes,
  ...showingRoutes,
  ...askingRoutes,
  ...auditRoutes,
} as const;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
export type RouteParams<N extends RouteName> = z.infer<Routes[N]['params']>;
export type RouteQuery<N extends RouteName> = z.infer<Routes[N]['query']>;
export type RouteQueryInput<N extends RouteName> = z.input<Routes[N]['query']>;
export type RouteBody<N extends RouteName> = z.infer<Routes[N]['body']>;
export type RouteReply<N extends RouteName> = z.infer<Routes[N]['reply']>;
