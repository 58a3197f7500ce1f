import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import type { ConsultationView } from '../../server/contract/index.ts';
import { DEMO_PASSWORD } from '../../server/demo/network.ts';
import { carrySession, openPerson, type Person, type PersonOptions } from './browser.ts';
import { draftCase } from './case-journey.ts';
import { type Client, signIn } from './client.ts';
import { readData } from './data.ts';
import { placeDemoNetwork } from './demo-network.ts';
import { CT_SERIES, listData, uploadFile } from './images.ts';
import { findFreePort, type RunningProcess, startProcess } from './start-process.ts';

/** The application as it runs in a hospital, with the demo network: processes of their own that a test may kill. */
export interface ConsultationSite {
  server: RunningProcess;
  /** The sfu's process: the server's own where it has the sfu inside. */
  sfu: RunningProcess;
  signIn(account: string): Promise<Client>;
  /** A case with the real CT attached and the call on. */
  meetOverImages(): Promise<ConsultationView>;
  /** That person's browser, signed in, at the address. */
  open(browser: Browser, account: string, path: string, options?: VisitOptions): Promise<Person>;
  /** In the room, entered as people do. */
  enterRoom(browser: Browser, account: string, consultationId: string, options?: VisitOptions): Promise<Person>;
  close(): Promise<void>;
}

export interface VisitOptions extends PersonOptions {
  /** Before the first page is opened. */
  prepare?(context: BrowserContext): Promise<void>;
}

export interface SiteOptions {
  /** Server and sfu in a process each. */
  apart: boolean;
  databaseUrl?: string;
  /** The demo network alone: its cases take seconds to make. */
  withoutCases?: boolean;
}

export async function openConsultationSite({
  apart,
  databaseUrl = '',
  withoutCases = false,
}: SiteOptions): Promise<ConsultationSite> {
  const dataDir = await mkdtemp(join(tmpdir(), 'huizhen-site-'));
  if (withoutCases) await placeDemoNetwork(dataDir);
  const [serverPort, sfuPort] = [await findFreePort(), await findFreePort()];
  const common = {
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    HOST: '127.0.0.1',
    MEDIA_PORT: '0',
    MEDIA_ADDRESS: '127.0.0.1',
    WORKERS: '1',
    MEDIA_DRAIN_S: '0',
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
  };
  const atServer = { ...common, PORT: String(serverPort) };
  const startApart = () =>
    Promise.all([
      startProcess('server/main.ts', ['--without-sfu'], { ...atServer, SFU_URL: `http://127.0.0.1:${sfuPort}` }),
      startProcess('sfu/main.ts', [], { ...common, PORT: String(sfuPort) }),
    ]);
  const startTogether = async (): Promise<[RunningProcess, RunningProcess]> => {
    const one = await startProcess('server/main.ts', [], { ...atServer, SFU_URL: '' });
    return [one, one];
  };
  const [server, sfu] = await (apart ? startApart() : startTogether());
  const enter = (account: string) => signIn(server.url, account, DEMO_PASSWORD);

  async function open(browser: Browser, account: string, path: string, options?: VisitOptions): Promise<Person> {
    const { cookie } = await enter(account);
    const person = await openPerson(browser, server.url, options);
    await options?.prepare?.(person.context);
    await carrySession(person.context, cookie, server.url);
    await person.page.goto(path);
    return person;
  }
  return {
    server,
    sfu,
    signIn: enter,
    open,
    async meetOverImages() {
      const [county, specialist] = await Promise.all([enter('county-doctor'), enter('specialist')]);
      const { consultationId } = await draftCase(county);
      const params = { consultationId };
      for (const path of await listData(CT_SERIES)) await uploadFile(county, consultationId, await readData(path));
      const { version } = await county.call('consultation:read', { params });
      const submitted = await county.call('consultation:submit', { params, body: { version } });
      await specialist.call('consultation:accept', { params, body: { version: submitted.version } });
      await specialist.call('call:start', { params });
      return specialist.call('consultation:read', { params });
    },
    async enterRoom(browser, account, consultationId, options) {
      const person = await open(browser, account, `/consultations/${consultationId}/room`, options);
      await person.page.getByTestId('room-enter').click();
      await person.page.getByTestId('room').waitFor();
      return person;
    },
    async close() {
      await Promise.all([server.kill('SIGKILL'), sfu.kill('SIGKILL')]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The media processes under an sfu. */
export function mediaWorkersOf(sfu: RunningProcess): number[] {
  const children = execFileSync('pgrep', ['-P', String(sfu.pid()), 'mediasoup'], { encoding: 'utf8' });
  return children.split('\n').filter(Boolean).map(Number);
}

/** Kills them, as the kernel does when memory runs out. */
export function killMediaWorker(sfu: RunningProcess): void {
  for (const pid of mediaWorkersOf(sfu)) process.kill(pid, 'SIGKILL');
}
