import type { Express } from 'express';
import type { SfuControl } from '../../sfu/control.ts';

export interface HealthParts {
  database: { kind: string; ping(): Promise<void> };
  sfu: Pick<SfuControl, 'health' | 'readiness'>;
}

/**
 * `GET /healthz`: 200 where everything answers, else 503 and which part does not. A media worker that is still being made is no fault:
 * everything but calls works meanwhile.
 */
export function serveHealth(app: Express, { database, sfu }: HealthParts): void {
  app.get('/healthz', async (_request, response) => {
    const [databaseState, sfuState] = await Promise.allSettled([database.ping(), sfu.health()]);
    const readiness = sfu.readiness();
    response.set('cache-control', 'no-store');
    const cause =
      databaseState.status === 'rejected'
        ? `database: ${reasonOf(databaseState)}`
        : sfuState.status === 'rejected'
          ? `sfu: ${reasonOf(sfuState)}`
          : readiness.state === 'failed'
            ? 'sfu: the media worker could not be made'
            : undefined;
    if (cause !== undefined || sfuState.status === 'rejected') {
      response.status(503).json({ status: 'unavailable', cause });
      return;
    }
    const preparing = readiness.state === 'preparing' ? { preparing: { leftS: readiness.leftS } } : {};
    response.json({ status: 'ok', database: database.kind, sfu: { workers: sfuState.value.workers, ...preparing } });
  });
}

function reasonOf({ reason }: PromiseRejectedResult): string {
  if (reason instanceof Error && 'code' in reason && typeof reason.code === 'string') return reason.code;
  return reason instanceof Error ? reason.message : String(reason);
}
