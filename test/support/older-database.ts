import { DataSource, type DataSourceOptions } from 'typeorm';
import type { migrations } from '../../server/database/migrations/index.ts';
import { giveSeal } from '../../server/database/source-seal.ts';
import { TEST_SEAL } from './migrated.ts';

/** The database of a URL as a program that knows these migrations opens it. They are not run by opening. */
export function openOlderDatabase(url: string, known: (typeof migrations)[number][]): Promise<DataSource> {
  const shared = { migrations: known, migrationsTransactionMode: 'each' as const };
  const address = new URL(url);
  const options: DataSourceOptions = url.startsWith('sqlite:')
    ? { ...shared, type: 'better-sqlite3', database: url.slice('sqlite:'.length) }
    : {
        ...shared,
        type: 'mysql',
        socketPath: address.searchParams.get('socketPath') ?? '',
        username: address.username,
        database: address.pathname.slice(1),
        charset: 'utf8mb4',
      };
  const source = new DataSource(options);
  giveSeal(source, TEST_SEAL);
  return source.initialize();
}
