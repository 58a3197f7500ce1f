import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import mysql from 'mysql2/promise';

const run = promisify(execFile);
const START_TRIES = 150;
/** Leaves it to the system when files are written: for a server that nobody kills. */
const HASTY = [
  ...['--innodb-flush-log-at-trx-commit=0', '--sync-frm=0', '--skip-innodb-doublewrite'],
  // Neither a file nor rows of statistics for each table that is made and dropped again.
  ...['--innodb-file-per-table=0', '--innodb-stats-persistent=0'],
];

export interface MariaDb {
  /** A new, empty database; the URL as DATABASE_URL takes it. @param like the URL of one here whose tables and rows it begins with. */
  createDatabase(like?: string): Promise<string>;
  /** @param like the URL of one with the same tables, whose rows it gets in place of its own. Nobody is connected to it any more. */
  refill(url: string, like: string): Promise<void>;
  /** Nobody is connected to it any more. @param url of one that was made here. */
  dropDatabase(url: string): Promise<void>;
  /** Kills the server without warning and leaves its data. */
  kill(): Promise<void>;
  /** Starts it again on the same data. */
  restart(): Promise<void>;
  /** Ends it with this process, which no longer waits for it. */
  leaveBehind(): void;
  close(): Promise<void>;
}

export type SharedMariaDb = Pick<MariaDb, 'createDatabase' | 'refill' | 'dropDatabase'>;

let shared: Promise<MariaDb> | undefined;

/** One for all tests of this process, gone with it. Whoever kills a server starts one of their own. */
export function sharedMariaDb(): Promise<SharedMariaDb> {
  shared ??= startMariaDb(HASTY).then((server) => {
    server.leaveBehind();
    return server;
  });
  return shared;
}

/** A MariaDB server of the test's own, on a socket in a folder of its own; no network, nothing shared with the system's. */
export async function startMariaDb(options: readonly string[] = []): Promise<MariaDb> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhen-mariadb-'));
  const data = join(folder, 'data');
  const socketPath = join(folder, 'server.sock');
  await run(
    'mariadb-install-db',
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', '--user=root'],
    {
      env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin` },
    },
  );
  let server = await start();
  let databases = 0;

  async function start(): Promise<ChildProcess> {
    const child = spawn(
      'mariadbd',
      [
        '--no-defaults',
        `--datadir=${data}`,
        `--socket=${socketPath}`,
        '--skip-networking',
        '--user=root',
        '--innodb-buffer-pool-size=64M',
        `--pid-file=${join(folder, 'pid')}`,
        ...options,
      ],
      { stdio: 'ignore', env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin` } },
    );
    for (let tries = 0; tries < START_TRIES; tries += 1) {
      if (child.exitCode !== null) throw new Error(`mariadbd ended with ${child.exitCode}`);
      try {
        await query('SELECT 1');
        return child;
      } catch {
        // Not listening yet.
        await sleep(200);
      }
    }
    throw new Error('mariadbd did not start');
  }

  async function query(sql: string): Promise<void> {
    await connected((connection) => connection.query(sql));
  }

  async function connected<T>(work: (connection: mysql.Connection) => Promise<T>): Promise<T> {
    const connection = await mysql.createConnection({ socketPath, user: 'root', multipleStatements: true });
    try {
      return await work(connection);
    } finally {
      await connection.end();
    }
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill(signal);
    await once(server, 'exit');
  }

  return {
    async createDatabase(like) {
      databases += 1;
      const name = `huizhen_${databases}`;
      await query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
      if (like !== undefined) await connected((connection) => copyTables(connection, { from: nameIn(like), to: name }));
      return `mysql://root@localhost/${name}?socketPath=${encodeURIComponent(socketPath)}`;
    },
    refill: (url, like) => connected((connection) => copyRows(connection, { from: nameIn(like), to: nameIn(url) })),
    dropDatabase: (url) => query(`DROP DATABASE ${nameIn(url)}`),
    kill: () => end('SIGKILL'),
    async restart() {
      server = await start();
    },
    leaveBehind() {
      server.unref();
      process.once('exit', () => {
        server.kill('SIGKILL');
        rmSync(folder, { recursive: true, force: true });
      });
    },
    async close() {
      await end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const nameIn = (url: string): string => new URL(url).pathname.slice(1);

interface Copy {
  from: string;
  to: string;
}

/** With all that `CREATE TABLE … LIKE` leaves out: foreign keys and rows. */
async function copyTables(connection: mysql.Connection, { from, to }: Copy): Promise<void> {
  const statements = ['SET foreign_key_checks = 0', `USE ${to}`];
  for (const { name } of await listTables(connection, from)) {
    const [[made]] = await connection.query<mysql.RowDataPacket[]>(`SHOW CREATE TABLE ${from}.\`${name}\``);
    statements.push(made?.['Create Table'], `INSERT INTO ${to}.\`${name}\` SELECT * FROM ${from}.\`${name}\``);
  }
  await connection.query(statements.join(';\n'));
}

async function copyRows(connection: mysql.Connection, { from, to }: Copy): Promise<void> {
  const statements = ['SET foreign_key_checks = 0'];
  for (const { name, counted } of await listTables(connection, from)) {
    statements.push(`DELETE FROM ${to}.\`${name}\``, `INSERT INTO ${to}.\`${name}\` SELECT * FROM ${from}.\`${name}\``);
    if (counted) statements.push(`ALTER TABLE ${to}.\`${name}\` AUTO_INCREMENT = 1`);
  }
  await connection.query(statements.join(';\n'));
}

/** @returns each with the next number that it gives out, where it gives out any. */
async function listTables(connection: mysql.Connection, database: string) {
  const [tables] = await connection.query<mysql.RowDataPacket[]>(
    `SELECT table_name AS name, auto_increment AS counted FROM information_schema.tables WHERE table_schema = '${database}'`,
  );
  return tables as { name: string; counted: number | null }[];
}
