import type { Express } from 'express';
import type { Database } from '../database/database.ts';

export interface HealthParts {
  database: Pick<Database, 'kind' | 'ping'>;
  sfu: { health(): Promise<{ workers: number }> };
}

/** `GET /healthz`: 200 where everything answers, else 503 and which part does not. */
export function serveHealth(app: Express, { database, sfu }: HealthParts): void {
  app.get('/healthz', async (_request, response) => {
    const [databaseState, sfuState] = await Promise.allSettled([database.ping(), sfu.health()]);
    response.set('cache-control', 'no-store');
    if (databaseState.status === 'fulfilled' && sfuState.status === 'fulfilled') {
      response.json({ status: 'ok', database: database.kind, sfu: { workers: sfuState.value.workers } });
      return;
    }
    const cause =
      databaseState.status === 'rejected'
        ? `database: ${reasonOf(databaseState)}`
        : `sfu: ${reasonOf(sfuState as PromiseRejectedResult)}`;
    response.status(503).json({ status: 'unavailable', cause });
  });
}

function reasonOf({ reason }: PromiseRejectedResult): string {
  if (reason instanceof Error && 'code' in reason && typeof reason.code === 'string') return reason.code;
  return reason instanceof Error ? reason.message : String(reason);
}
