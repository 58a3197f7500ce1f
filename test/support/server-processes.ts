import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../server/database/database.ts';
import { DEMO_PASSWORD } from '../../server/demo/network.ts';
import { createFieldSeal, loadFieldSecret } from '../../server/patients/seal.ts';
import { signIn } from './client.ts';
import { sharedMariaDb } from './mariadb.ts';
import { findFreePort, type RunningProcess, startProcess } from './start-process.ts';
import type { RunningServer } from './start-server.ts';

export interface ServerProcesses {
  processes: RunningProcess[];
  /** What tests of one server ask for: the first one's address, and the database that all share. */
  first: RunningServer;
  close(): Promise<void>;
}

/** Servers in processes of their own on one MariaDB, as `npm run server` starts them. `environment` has the Redis and the sfus. */
export async function startServerProcesses(
  count: number,
  roomTokenSecret: string,
  environment: Record<string, string>,
): Promise<ServerProcesses> {
  const databaseUrl = await (await sharedMariaDb()).createDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'huizhen-servers-'));
  const fieldSecret = randomUUID();
  const processes: RunningProcess[] = [];
  // One after the other: the first makes tables and demo network.
  for (let started = 0; started < count; started += 1)
    processes.push(
      await startProcess('server/main.ts', ['--without-sfu'], {
        PORT: String(await findFreePort()),
        HOST: '127.0.0.1',
        DATA_DIR: dataDir,
        DATABASE_URL: databaseUrl,
        FIELD_SECRET: fieldSecret,
        ROOM_TOKEN_SECRET: roomTokenSecret,
        DEMO: '1',
        LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
        ...environment,
      }),
    );
  const database = await openDatabase(databaseUrl, createFieldSeal(await loadFieldSecret(dataDir, fieldSecret)));
  const url = processes[0]?.url ?? '';
  const close = async () => {
    await database.close();
    for (const one of processes) await one.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  };
  const first = {
    url,
    dataDir,
    database,
    roomTokenSecret,
    signIn: (account: string) => signIn(url, account, DEMO_PASSWORD),
    close,
  };
  return { processes, first, close };
}
