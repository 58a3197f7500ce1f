import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AskingView, RouteName } from '../../../server/contract/index.ts';
import type { Demonstration } from '../../../server/demonstrations/demonstration.ts';
import { enterPerson } from '../../support/add-person.ts';
import { type Client, createClient } from '../../support/client.ts';
import { newDemoDatabase } from '../../support/demo-network.ts';
import {
  type DemonstrationWorld,
  type Entered,
  enrolIn,
  INVITED,
  openDemonstrationWorld,
  placeDemonstration,
} from '../../support/demonstration-world.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

export const DATABASES = ['SQLite', 'MariaDB'] as const;
const FIELD_SECRET = randomUUID();

/** A live demonstration, its people, and a clock that a test moves on. */
export interface AskingWorld {
  world: DemonstrationWorld;
  /** Enrolled in what is placed. */
  watchers: Entered[];
  pass(seconds: number): void;
  live(changes?: Partial<Demonstration>): Promise<string>;
  read(client: Client, demonstrationId: string): Promise<AskingView>;
  /** The server ends, and another one goes on with the database. @returns the person's client there. */
  restart(): Promise<(client: Client) => Client>;
  close(): Promise<void>;
}

export async function openAskingWorld(
  database: (typeof DATABASES)[number],
  watcherCount: number,
): Promise<AskingWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhen-asking-'));
  const databaseUrl = database === 'SQLite' ? `sqlite:${join(folder, 'test.sqlite')}` : await newDemoDatabase();
  let passedMs = 0;
  const start = (): Promise<RunningServer> =>
    startServer({
      databaseUrl,
      environment: { FIELD_SECRET },
      clock: () => new Date(Date.now() + passedMs),
    });
  let server = await start();
  const world = await openDemonstrationWorld(server);
  const watchers: Entered[] = [];
  for (let count = 0; count < watcherCount; count += 1) watchers.push(await enterPerson(server, 'physician', INVITED));
  return {
    world,
    watchers,
    pass: (seconds) => {
      passedMs += seconds * 1000;
    },
    async live(changes = {}) {
      const { demonstrationId } = await placeDemonstration({ ...world, server }, 'live', changes);
      for (const watcher of watchers) await enrolIn({ ...world, server }, demonstrationId, watcher);
      return demonstrationId;
    },
    read: (client, demonstrationId) => client.call('asking:read', { params: { demonstrationId } }),
    async restart() {
      await server.close();
      server = await start();
      world.server = server;
      return ({ cookie }) => createClient(server.url, cookie);
    },
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const newQuestion = (text: string, isAnonymous = false) => ({ questionId: randomUUID(), text, isAnonymous });

/** How an act is answered: `200`, or the code and reason of the failure. */
export async function outcome(
  client: Client,
  name: RouteName,
  params: Record<string, string>,
  body: object = {},
): Promise<string> {
  const answer = await client.ask(name, { params, body });
  if (answer.status < 300) return String(answer.status);
  const { code, reason } = answer.body as { code: string; reason?: string };
  return [code, reason].filter(Boolean).join('/');
}
