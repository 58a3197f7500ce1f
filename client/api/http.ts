import { Failure } from '../../server/contract/failure.ts';
import type { RouteAccess } from '../../server/contract/route.ts';
import {
  type RouteBody,
  type RouteName,
  type RouteParams,
  type RouteQueryInput,
  type RouteReply,
  routes,
} from '../../server/contract/routes.ts';
import { CONTRACT_VERSION } from '../../server/contract/version.ts';
import { dropEarlyAnswers, takeEarlyAnswer } from './early-answers.ts';
import { brokenContract, failureFromReply } from './failures.ts';
import { interrupt } from './interruptions.ts';
import { sessionRefused } from './lost-session.ts';

/** A part of a call: left out where the route takes none, optional where all of its fields are. */
type Part<K extends string, T> = string extends keyof T
  ? { [P in K]?: never }
  : Record<never, never> extends T
    ? { [P in K]?: T }
    : { [P in K]: T };

export type CallInput<N extends RouteName> = Part<'params', RouteParams<N>> &
  Part<'query', RouteQueryInput<N>> &
  Part<'body', RouteBody<N>> & { signal?: AbortSignal };

type CallArguments<N extends RouteName> =
  Record<never, never> extends CallInput<N> ? [input?: CallInput<N>] : [input: CallInput<N>];

interface LooseInput {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  signal?: AbortSignal;
}

/** Longer than any JSON answer takes on a 2 Mbit/s line; after that a person should hear that the line is gone. */
const TIMEOUT_MS = 30_000;

/**
 * One exchange with the server, typed and checked by the contract's route.
 * @throws Failure: what the server answered; `unavailable` where it could not be reached. An abort through `signal` is thrown as it is.
 */
export async function call<N extends RouteName>(name: N, ...[input]: CallArguments<N>): Promise<RouteReply<N>> {
  const { params = {}, query = {}, body, signal } = (input ?? {}) as LooseInput;
  const route = routes[name];
  const { response, answer } = await withinTime(signal, async (until) => {
    const address = addressOf(route.path, params, query);
    if (route.method !== 'GET') dropEarlyAnswers();
    const early = await takeEarlyAnswer(address, until);
    if (early) return { response: early.response, answer: parseJson(early.text) };
    const response = await fetch(address, {
      method: route.method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        'x-contract-version': String(CONTRACT_VERSION),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: until,
    });
    return { response, answer: parseJson(await response.text()) };
  });
  if (!response.ok) throw interruptIfNeeded(failureFromReply(response.status, answer), route.access);
  const reply = route.reply.safeParse(answer ?? {});
  if (!reply.success) throw brokenContract(name, reply.error);
  return reply.data as RouteReply<N>;
}

/** `fetch` whose network errors are Failures. For binary routes, which no schema describes; their errors go through {@link failureOf}. */
export function send(address: string, request: RequestInit, signal?: AbortSignal): Promise<Response> {
  return withinTime(signal, (until) => fetch(address, { ...request, signal: until }));
}

/** Gives up after {@link TIMEOUT_MS} or when the caller does. (AbortSignal.any would say it shorter, but not in Chrome 109.) */
async function withinTime<T>(signal: AbortSignal | undefined, work: (until: AbortSignal) => Promise<T>): Promise<T> {
  const until = new AbortController();
  const abort = () => until.abort();
  const timer = setTimeout(abort, TIMEOUT_MS);
  signal?.addEventListener('abort', abort);
  try {
    signal?.throwIfAborted();
    return await work(until.signal);
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    throw new Failure('unavailable', 'the server could not be reached', { cause: thrown });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** Undefined where the text is no JSON: a proxy's error page, or nothing. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The failure that an unsuccessful response of a binary route carries; a lost session is announced as with {@link call}. */
export async function failureOf(response: Response): Promise<Failure> {
  const answer: unknown = await response.json().catch(() => undefined);
  return interruptIfNeeded(failureFromReply(response.status, answer), 'signed-in');
}

function interruptIfNeeded(failure: Failure, access: RouteAccess): Failure {
  if (failure.code === 'version-mismatch') interrupt({ kind: 'outdated' });
  const sessionLost = failure.reason === undefined || failure.reason === 'session-expired';
  if (failure.code === 'unauthenticated' && access !== 'anyone' && sessionLost) sessionRefused();
  if (failure.reason === 'appointment-ended') interrupt({ kind: 'appointment-left' });
  return failure;
}

/** Fills `:name` of an Express path and appends the query; undefined values are left out. */
export function addressOf(path: string, params: Record<string, unknown>, query: Record<string, unknown> = {}): string {
  const filled = path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(params[key])));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, String(value));
  const text = search.toString();
  return text === '' ? filled : `${filled}?${text}`;
}
