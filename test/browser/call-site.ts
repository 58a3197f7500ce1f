import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { DEMO_PASSWORD } from '../../server/demo/network.ts';
import { openPerson, type Person, type PersonOptions } from '../support/browser.ts';
import { acceptCase } from '../support/case-journey.ts';
import { type Client, signIn } from '../support/client.ts';
import { findFreePort, type RunningProcess, startProcess } from '../support/start-process.ts';

/** Server and sfu as two processes, as in production, with the demo network. */
export interface CallSite {
  server: RunningProcess;
  sfu: RunningProcess;
  signIn(account: string): Promise<Client>;
  /** A case whose call is on: its id. */
  meet(): Promise<string>;
  /** That person's browser, on the page before the room, signed in. */
  arrive(browser: Browser, account: string, consultationId: string, options?: PersonOptions): Promise<Person>;
  /** Kills the media process under the sfu. */
  killWorker(): void;
  close(): Promise<void>;
}

export async function openCallSite(): Promise<CallSite> {
  const dataDir = await mkdtemp(join(tmpdir(), 'huizhen-call-'));
  const [serverPort, sfuPort] = [await findFreePort(), await findFreePort()];
  const sfuUrl = `http://127.0.0.1:${sfuPort}`;
  const common = { DATA_DIR: dataDir, HOST: '127.0.0.1', LOG_LEVEL: 'fatal' };
  const [server, sfu] = await Promise.all([
    startProcess('server/main.ts', ['--without-sfu'], { ...common, PORT: String(serverPort), SFU_URL: sfuUrl }),
    startProcess('sfu/main.ts', [], {
      ...common,
      PORT: String(sfuPort),
      MEDIA_PORT: '0',
      MEDIA_ADDRESS: '127.0.0.1',
      WORKERS: '1',
    }),
  ]);
  const enter = (account: string) => signIn(server.url, account, DEMO_PASSWORD);
  return {
    server,
    sfu,
    signIn: enter,
    async meet() {
      const [requester, specialist] = await Promise.all([enter('county-doctor'), enter('specialist')]);
      const { consultationId } = await acceptCase(requester, specialist);
      await specialist.call('call:start', { params: { consultationId } });
      return consultationId;
    },
    async arrive(browser, account, consultationId, options) {
      const { cookie } = await enter(account);
      const person = await openPerson(browser, server.url, options);
      const [name = '', ...value] = cookie.split('=');
      await person.context.addCookies([{ name, value: value.join('='), url: server.url }]);
      await person.page.goto(`/consultations/${consultationId}/room`);
      return person;
    },
    killWorker() {
      const children = execFileSync('pgrep', ['-P', String(sfu.pid())], { encoding: 'utf8' });
      for (const child of children.split('\n').filter(Boolean)) {
        const command = execFileSync('ps', ['-o', 'comm=', '-p', child], { encoding: 'utf8' });
        if (command.includes('mediasoup')) process.kill(Number(child), 'SIGKILL');
      }
    },
    async close() {
      await Promise.all([server.kill('SIGKILL'), sfu.kill('SIGKILL')]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
