import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parsePlaylist } from '../../client/hls/playlist.ts';
import { createClient } from '../support/client.ts';
import { type Connection, connect } from '../support/connect.ts';
import { HallPerson } from '../support/hall-world.ts';
import { RtpLine } from '../support/rtp.ts';
import { connectSfu } from '../support/sfu-client.ts';

/*
 * Hundreds of watchers in a process of their own, so that what they do with what they hear takes no time from what is measured.
 */

/** Milliseconds since 1970 by the monotonic clock: comparable between processes of one machine. */
export const nowMs = (): number => performance.timeOrigin + performance.now();

interface OfDemonstration {
  url: string;
  demonstrationId: string;
  cookies: string[];
}

/** What was heard: what it was, by a number that the sender put into it, and when. */
export interface Heard {
  kind: 'moved' | 'drawn';
  key: number;
  atMs: number;
}

/** From a reader's first request to the last byte. */
export interface Read {
  what: 'playlist' | 'fragment';
  status: number;
  tookMs: number;
  /** Of a fragment: how long ago its first picture was taken when it was here. */
  ageMs: number | null;
}

/** What a crowd does; each answers once. */
export interface CrowdTasks {
  /** Opens what is shown in a window of each. */
  open: { input: OfDemonstration; answer: number };
  heard: { input: Record<string, never>; answer: Heard[] };
  /** Each comes at a moment of their own within this time, and stays. From the moment to the first packet. */
  join: { input: OfDemonstration & { withinMs: number }; answer: { tookMs: number[]; failures: string[] } };
  leave: { input: Record<string, never>; answer: number };
  /** Each reads the playlist once a second and each fragment once. */
  read: { input: OfDemonstration & { forMs: number }; answer: Read[] };
}

type Task<N extends keyof CrowdTasks = keyof CrowdTasks> = { name: N; input: CrowdTasks[N]['input'] };

export interface Crowd {
  process: ChildProcess;
  ask<N extends keyof CrowdTasks>(name: N, input: CrowdTasks[N]['input']): Promise<CrowdTasks[N]['answer']>;
}

export function startCrowd(): Crowd {
  const child = fork(fileURLToPath(import.meta.url), { execArgv: ['--import', 'tsx'], serialization: 'advanced' });
  return {
    process: child,
    async ask(name, input) {
      child.send({ name, input });
      const [answer] = (await once(child, 'message')) as [{ answer?: never; error?: string }];
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer.answer as never;
    },
  };
}

const windows: Connection[] = [];
const people: HallPerson[] = [];
let heard: Heard[] = [];

async function open({ url, demonstrationId, cookies }: OfDemonstration): Promise<number> {
  for (const cookie of cookies) {
    const window = await connect(url, cookie);
    windows.push(window);
    await window.request('showing:open', { demonstrationId, sinceRevision: 0 });
    window.socket.on('showing:moved', ({ viewport }) => {
      if ('center' in viewport) heard.push({ kind: 'moved', key: viewport.center.x, atMs: nowMs() });
    });
    window.socket.on('field:drawn', ({ points }) => {
      heard.push({ kind: 'drawn', key: points[0]?.x ?? -1, atMs: nowMs() });
    });
  }
  return windows.length;
}

async function join({ url, demonstrationId, cookies, withinMs }: CrowdTasks['join']['input']) {
  const line = await RtpLine.open();
  const failures: string[] = [];
  const tookMs: number[] = [];
  const come = async (cookie: string): Promise<void> => {
    await sleep(Math.random() * withinMs);
    const startMs = performance.now();
    const ticket = await createClient(url, cookie).call('demonstration:ticket', { params: { demonstrationId } });
    const client = await connectSfu(ticket.sfuUrl || url, ticket.token);
    const person = new HallPerson(line, client, ticket.token, '', (port) => line.greet(port));
    people.push(person);
    const { producers } = await person.join();
    const field = producers.find(({ source }) => source === 'field')?.producerId ?? '';
    await person.watch(field);
    const window = await connect(url, cookie);
    windows.push(window);
    await window.request('demonstration:enter', { demonstrationId });
    while (person.arrived(field) === 0) await sleep(1);
    tookMs.push(person.arrivals(field).firstMs - startMs);
  };
  const came = await Promise.allSettled(cookies.map(come));
  for (const one of came) if (one.status === 'rejected') failures.push(String(one.reason));
  return { tookMs, failures };
}

async function leave(): Promise<number> {
  const count = windows.length;
  for (const { client } of people.splice(0)) client.close();
  for (const window of windows.splice(0)) window.close();
  return count;
}

async function read({ url, demonstrationId, cookies, forMs }: CrowdTasks['read']['input']): Promise<Read[]> {
  const reads: Read[] = [];
  const untilMs = performance.now() + forMs;
  const follow = async (cookie: string): Promise<void> => {
    // A browser keeps its connection; nobody shares one.
    const agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });
    const address = `${url}/api/demonstrations/${demonstrationId}/hls/live.m3u8`;
    let last = -1;
    await sleep(Math.random() * 1_000);
    while (performance.now() < untilMs) {
      const roundMs = performance.now();
      const playlist = await fetchBy(agent, address, cookie);
      reads.push({ what: 'playlist', status: playlist.status, tookMs: performance.now() - roundMs, ageMs: null });
      const { fragments } = playlist.status === 200 ? parsePlaylist(playlist.body, address) : { fragments: [] };
      const began = [...playlist.body.matchAll(/PROGRAM-DATE-TIME:(\S+)/g)].map(([, at = '']) => Date.parse(at));
      for (const [index, { number, url: fragment }] of fragments.entries()) {
        if (number <= last || (last < 0 && index < fragments.length - 2)) continue;
        last = number;
        const startMs = performance.now();
        const { status } = await fetchBy(agent, fragment, cookie);
        const ageMs = Date.now() - (began[index] ?? Number.NaN);
        reads.push({ what: 'fragment', status, tookMs: performance.now() - startMs, ageMs });
      }
      await sleep(Math.max(0, 1_000 - (performance.now() - roundMs)));
    }
    agent.destroy();
  };
  await Promise.all(cookies.map(follow));
  return reads;
}

function fetchBy(agent: Agent, address: string, cookie: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    get(address, { agent, headers: { cookie } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('latin1') }),
      );
      response.on('error', reject);
    }).on('error', reject);
  });
}

if (process.send) {
  const tasks: { [N in keyof CrowdTasks]: (input: CrowdTasks[N]['input']) => Promise<CrowdTasks[N]['answer']> } = {
    open,
    join,
    leave,
    read,
    heard: async () => {
      const all = heard;
      heard = [];
      return all;
    },
  };
  process.on('message', ({ name, input }: Task) => {
    (tasks[name] as (input: unknown) => Promise<unknown>)(input).then(
      (answer) => process.send?.({ answer }),
      (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}
