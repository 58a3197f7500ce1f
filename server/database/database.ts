import type { FieldSeal } from '../patients/seal.ts';
import { createMutex } from '../runtime/mutex.ts';
import type { Stores, Work } from '../store/stores.ts';
import { createKeyGuard } from './field-key/guard.ts';
import {
  isBusy,
  mysqlOptions,
  openMigrated,
  openSource,
  sqliteFileOf,
  sqliteOptions,
  type TellMigrations,
} from './source.ts';
import { createStores } from './stores.ts';

export interface Database extends Work {
  kind: 'sqlite' | 'mysql';
  /** Of the key that the database was opened with. It refuses once the database is seen to be under another one. */
  seal: FieldSeal;
  /** @throws whatever the driver says when the database does not answer; Failure unavailable / field-key-changed, field-key-changing */
  ping(): Promise<void>;
  /** A statement as an administrator with the database's own tools would run it. */
  query(sql: string): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Opens the database of a URL and brings its tables up to date.
 * @param url `sqlite:<file>`, `mysql://user:password@host:port/name`, or with `?socketPath=<file>` over a local socket.
 * @param own of the key that the database was filled under. @throws Error where it is another.
 * @param tell which migrations are going to run, where there are any: a large database takes its time.
 */
export async function openDatabase(url: string, own: FieldSeal, tell: TellMigrations = () => {}): Promise<Database> {
  const file = sqliteFileOf(url);
  return file === undefined ? openMysql(url, own, tell) : openSqlite(file, own, tell);
}

const TAKEN =
  'another program has the database for itself, as `npm run admin -- reseal` does while it changes the field key: start again once it is done';

/**
 * Two connections to one file: TypeORM shares a SQLite connection between everything that runs at the same time, so a second
 * piece of work would slip into the first one's transaction. Here writers queue, and readers see only what was committed (WAL).
 */
async function openSqlite(file: string, own: FieldSeal, tell: TellMigrations): Promise<Database> {
  const options = await sqliteOptions(file);
  const writer = await openMigrated(options, own, tell).catch((cause: unknown) => {
    throw isBusy(cause) ? new Error(TAKEN, { cause }) : cause;
  });
  const reader = await openSource(options, own);
  for (const source of [writer, reader]) await source.query('PRAGMA foreign_keys = ON');
  // Survives a power cut as well as a crash: what was acknowledged is on the disk.
  await writer.query('PRAGMA synchronous = FULL');
  const exclusively = createMutex();
  const guard = createKeyGuard(own);
  const { seal } = guard;
  return {
    kind: 'sqlite',
    seal,
    read: createStores(reader.manager, seal),
    write: (work) =>
      exclusively(() =>
        writer.transaction(async (manager) => {
          // Takes the file's one place for writers at once, or waits for another process to leave it. Whoever reads first and
          // writes then is refused where another wrote in between (SQLITE_BUSY_SNAPSHOT).
          await manager.query('UPDATE audit_head SET headId = headId WHERE 0');
          return guard.hold(manager, () => work(createStores(manager, seal)));
        }),
      ),
    ping: () => guard.look(reader.manager),
    query: (sql) => exclusively(() => writer.query(sql)),
    close: async () => {
      await exclusively(async () => undefined);
      await reader.destroy();
      await writer.destroy();
    },
  };
}

/** Deadlocks are MySQL's way to ask for another try; the whole transaction was rolled back. */
const DEADLOCK_TRIES = 4;

async function openMysql(url: string, own: FieldSeal, tell: TellMigrations): Promise<Database> {
  const source = await openMigrated(mysqlOptions(url), own, tell);
  const guard = createKeyGuard(own);
  const { seal } = guard;
  const attempt = async <T>(work: (stores: Stores) => Promise<T>, triesLeft: number): Promise<T> => {
    try {
      return await source.transaction('READ COMMITTED', (manager) =>
        guard.hold(manager, () => work(createStores(manager, seal))),
      );
    } catch (err) {
      if (triesLeft > 1 && isDeadlock(err)) return attempt(work, triesLeft - 1);
      throw err;
    }
  };
  return {
    kind: 'mysql',
    seal,
    read: createStores(source.manager, seal),
    write: (work) => attempt(work, DEADLOCK_TRIES),
    ping: () => guard.look(source.manager),
    query: (sql) => source.query(sql),
    close: () => source.destroy(),
  };
}

function isDeadlock(err: unknown): boolean {
  return (
    err instanceof Error &&
    'driverError' in err &&
    err.driverError instanceof Error &&
    'code' in err.driverError &&
    err.driverError.code === 'ER_LOCK_DEADLOCK'
  );
}
