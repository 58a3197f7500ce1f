import type { Express } from 'express';
import type { SfuControl } from '../../sfu/control.ts';
import { Failure } from '../contract/index.ts';

export interface HealthParts {
  database: { kind: string; ping(): Promise<void> };
  sfu: Pick<SfuControl, 'health' | 'readiness'>;
}

/** Whoever asks for health waits a few seconds at most; an sfu that takes longer than this holds no calls. */
const SFU_ANSWERS_WITHIN_MS = 1_000;

/**
 * `GET /healthz`: what this server can do. 503 where it can do nothing (no database), or not all until it is started anew (another field
 * key, no media worker could be made). 200 and `degraded` where calls alone have to wait: to take the server out would end sign-in and pictures too. A media
 * worker that is still being made is no fault.
 */
export function serveHealth(app: Express, { database, sfu }: HealthParts): void {
  app.get('/healthz', async (_request, response) => {
    const [databaseState, media] = await Promise.all([database.ping().then(() => undefined, reasonOf), workersOf(sfu)]);
    response.set('cache-control', 'no-store');
    const readiness = sfu.readiness();
    const cause =
      databaseState !== undefined
        ? `database: ${databaseState}`
        : readiness.state === 'failed'
          ? 'sfu: the media worker could not be made'
          : undefined;
    if (cause !== undefined) {
      response.status(503).json({ status: 'unavailable', cause });
      return;
    }
    const known = { database: database.kind, sfu: { workers: media.workers } };
    if (readiness.state === 'preparing')
      response.json({ status: 'ok', ...known, sfu: { ...known.sfu, preparing: { leftS: readiness.leftS } } });
    else if (media.workers === 0) response.json({ status: 'degraded', cause: `sfu: ${media.cause}`, ...known });
    else response.json({ status: 'ok', ...known });
  });
}

/** The media workers that can be reached, and why there are none. */
async function workersOf(sfu: HealthParts['sfu']): Promise<{ workers: number; cause: string }> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it does not answer in time')), SFU_ANSWERS_WITHIN_MS);
  });
  try {
    return { ...(await Promise.race([sfu.health(), late])), cause: 'the media worker is being replaced' };
  } catch (err) {
    return { workers: 0, cause: err instanceof Error ? err.message : String(err) };
  } finally {
    clearTimeout(timer);
  }
}

function reasonOf(reason: unknown): string {
  if (reason instanceof Failure) return reason.message;
  if (reason instanceof Error && 'code' in reason && typeof reason.code === 'string') return reason.code;
  return reason instanceof Error ? reason.message : String(reason);
}
