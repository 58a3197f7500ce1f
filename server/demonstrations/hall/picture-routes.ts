import type { Express } from 'express';
import { bindPosters } from './poster-routes.ts';
import { bindStills } from './still-routes.ts';

/** What a theatre's page sends as whole pictures: stills for the case, and posters for lines that carry none that moves. */
export function bindHallPictures(
  app: Express,
  parts: Parameters<typeof bindPosters>[1] & Parameters<typeof bindStills>[1],
): void {
  bindPosters(app, parts);
  bindStills(app, parts);
}
