import 'reflect-metadata';
import { mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { DataSource, type DataSourceOptions, MigrationExecutor, QueryFailedError } from 'typeorm';
import type { FieldSeal } from '../patients/seal.ts';
import { PRIVATE_FILE_MODE, PRIVATE_FOLDER_MODE, securePrivateFile } from '../runtime/private-folder.ts';
import { checkSeal } from './field-key/check.ts';
import { migrations } from './migrations/index.ts';
import { rows } from './rows.ts';
import { giveSeal } from './source-seal.ts';

export type TellMigrations = (names: string[]) => void;

const shared = {
  entities: rows,
  migrations,
  synchronize: false,
  logging: false,
  migrationsTransactionMode: 'each',
} as const;

/** undefined: it is no file, but a server. */
export function sqliteFileOf(url: string): string | undefined {
  return url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : undefined;
}

/** Makes the file where there is none, and keeps other users of the machine out of it. */
export async function sqliteOptions(file: string) {
  const path = resolve(file);
  await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER_MODE });
  // SQLite gives its journal and its shared memory the mode of the database itself.
  await (await open(path, 'a', PRIVATE_FILE_MODE)).close();
  for (const name of [path, `${path}-wal`, `${path}-shm`]) await securePrivateFile(name);
  return { ...shared, type: 'better-sqlite3', database: path, enableWAL: true, timeout: 5000 } as const;
}

export function mysqlOptions(url: string, poolSize = 20) {
  const address = new URL(url);
  const socketPath = address.searchParams.get('socketPath');
  return {
    ...shared,
    type: 'mysql',
    ...(socketPath ? { socketPath } : { host: address.hostname, port: Number(address.port || 3306) }),
    username: decodeURIComponent(address.username),
    password: decodeURIComponent(address.password),
    database: address.pathname.slice(1),
    charset: 'utf8mb4',
    timezone: 'Z',
    poolSize,
    connectTimeout: 5000,
  } as const;
}

export async function openSource(options: DataSourceOptions, seal: FieldSeal): Promise<DataSource> {
  const source = new DataSource(options);
  giveSeal(source, seal);
  return source.initialize();
}

/** Whether another process has the SQLite file for itself. The driver's own error, or TypeORM's around it. */
export function isBusy(error: unknown): boolean {
  const driverError = error instanceof QueryFailedError ? error.driverError : error;
  return driverError instanceof Error && 'code' in driverError && String(driverError.code).startsWith('SQLITE_BUSY');
}

/** Brings the tables up to date. Where they cannot be used, no connection stays behind: it would keep the process. */
export async function openMigrated(
  options: DataSourceOptions,
  seal: FieldSeal,
  tell: TellMigrations,
): Promise<DataSource> {
  const source = await openSource(options, seal);
  try {
    const pending = await new MigrationExecutor(source).getPendingMigrations();
    if (pending.length > 0) tell(pending.map(({ name }) => name));
    await source.runMigrations();
    await checkSeal(source, seal);
    return source;
  } catch (error) {
    await source.destroy();
    throw error;
  }
}
