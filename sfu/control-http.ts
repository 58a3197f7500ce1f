import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { z } from 'zod';
import { Failure } from '../server/contract/failure.ts';
import { FAILURE_STATUS, logFailure, toFailure, toFailureView } from '../server/runtime/failures.ts';
import type { Logger } from '../server/runtime/log.ts';
import { parseInput } from '../server/runtime/parse.ts';
import { CutOrder, ResumeOrder } from './contract/cut-order.ts';
import { HlsName, HlsOrder } from './contract/hls.ts';
import { FoundPoster } from './contract/poster.ts';
import { RecordingOrder } from './contract/recording.ts';
import { ControlClaims, MuteInput, type NodeControl, PublishInput, Removal } from './control.ts';
import { openSigned } from './signed.ts';

/** A poster in base64, and what is said of it; all else is far smaller. */
const MAX_BODY_BYTES = 56 * 1024;
const RoomPath = /^\/sfu\/rooms\/([^/]+)(?:\/(?:accounts\/([^/]+)\/)?([a-z]+))?$/;
const FragmentPath = /^\/sfu\/rooms\/([^/]+)\/stream\/([^/]+)$/;

interface ControlHttpParts {
  control: () => NodeControl | undefined;
  secret: string;
  log: Logger;
}

/** Health for everyone, the private control for whoever holds the secret; nothing else. */
export function createControlListener({ control, secret, log }: ControlHttpParts): RequestListener {
  return async (request, response) => {
    try {
      const { status, body } = await answer(request, control(), secret);
      send(response, status, body);
    } catch (thrown) {
      const requestId = randomUUID();
      const failure = toFailure(thrown);
      logFailure(log, failure, { requestId, name: `${request.method} sfu control` });
      send(response, FAILURE_STATUS[failure.code], toFailureView(failure, requestId));
    }
  };
}

interface Answer {
  status: number;
  body?: unknown;
}

async function answer(request: IncomingMessage, control: NodeControl | undefined, secret: string): Promise<Answer> {
  const { pathname } = new URL(request.url ?? '/', 'http://sfu');
  if (!control) throw new Failure('unavailable', 'the sfu is starting');
  if (pathname === '/healthz' || pathname === '/sfu/health') {
    const health = await control.health();
    const ok = health.workers > 0;
    return { status: ok ? 200 : 503, body: { status: ok ? 'ok' : 'no media worker', ...health } };
  }
  if (!/^\/sfu\/(rooms|removals|people|halls)/.test(pathname)) throw new Failure('not-found', 'no such path');
  authenticate(request.headers.authorization, secret);
  if (pathname === '/sfu/people' && request.method === 'GET')
    return { status: 200, body: { people: await control.listPeople() } };
  if (pathname === '/sfu/halls' && request.method === 'GET')
    return { status: 200, body: { halls: await control.listHalls() } };
  if (pathname === '/sfu/removals' && request.method === 'POST') {
    await control.removePerson(parseInput(Removal, await readJson(request)));
    return { status: 204 };
  }
  return await answerOfRoom(request, pathname, control);
}

async function answerOfRoom(request: IncomingMessage, pathname: string, control: NodeControl): Promise<Answer> {
  const fragment = FragmentPath.exec(pathname);
  if (fragment && request.method === 'GET') {
    const [roomId, name] = [parseInput(z.uuid(), fragment[1]), parseInput(HlsName, fragment[2])];
    const body = await control.readFragment(roomId, name);
    return body ? { status: 200, body } : { status: 204 };
  }
  const [, room, account, act] = RoomPath.exec(pathname) ?? [];
  const roomId = parseInput(z.uuid(), room);
  const read = async <T>(schema: z.ZodType<T>) => parseInput(schema, await readJson(request));
  switch (`${request.method} ${account === undefined ? '' : 'account '}${act ?? 'room'}`) {
    case 'DELETE room':
      await control.endRoom(roomId);
      return { status: 204 };
    case 'POST mute':
      await control.mutePeer(roomId, (await read(MuteInput)).accountId);
      return { status: 204 };
    case 'PUT account publish':
      await control.setPublish(roomId, parseInput(z.uuid(), account), (await read(PublishInput)).sources);
      return { status: 204 };
    case 'POST cut':
      return { status: 200, body: await control.orderCut(roomId, await read(CutOrder)) };
    case 'POST resume':
      return { status: 200, body: await control.orderResume(roomId, await read(ResumeOrder)) };
    case 'PUT recording':
      return { status: 200, body: await control.startRecording(roomId, await read(RecordingOrder)) };
    case 'PUT stream':
      return { status: 200, body: { stream: await control.orderStream(roomId, await read(HlsOrder)) } };
    case 'DELETE stream':
      await control.takeStreamBack(roomId);
      return { status: 204 };
    case 'GET recording':
      return { status: 200, body: { recording: await control.findRecording(roomId) } };
    case 'DELETE recording':
      await control.stopRecording(roomId);
      return { status: 204 };
    case 'PUT poster':
      await control.putPoster(roomId, (await read(FoundPoster)).poster);
      return { status: 204 };
    case 'GET poster':
      return { status: 200, body: { poster: await control.findPoster(roomId) } };
    default:
      throw new Failure('not-found', 'no such path');
  }
}

function authenticate(authorization: string | undefined, secret: string): void {
  const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? '';
  const claims = ControlClaims.safeParse(openSigned('huizhen-control+jwt', token, secret));
  if (!claims.success || Date.parse(claims.data.expiresAt) <= Date.now())
    throw new Failure('unauthenticated', 'the shared secret is needed', { reason: 'token-invalid' });
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > MAX_BODY_BYTES) throw new Failure('too-large', 'body too large');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure('invalid-message', 'not JSON');
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const isBytes = body instanceof Uint8Array;
  const type = isBytes ? 'application/octet-stream' : 'application/json';
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(isBytes || body === undefined ? body : JSON.stringify(body));
}
