import {
  type RouteBody,
  type RouteName,
  type RouteParams,
  type RouteReply,
  routes,
} from '../../server/contract/index.ts';

export interface Answer<T> {
  status: number;
  headers: Headers;
  /** The reply, or the failure where the status says so. */
  body: T;
}

/** A signed-in person's HTTP client, as another implementer would write one from the contract. */
export interface Client {
  url: string;
  cookie: string;
  /** @throws Error with status and failure where the answer is one. */
  call<N extends RouteName>(name: N, input?: CallInput<N>): Promise<RouteReply<N>>;
  /** The raw answer, failures included. */
  ask(
    name: RouteName,
    input?: { params?: Record<string, string>; body?: unknown; query?: Record<string, string> },
  ): Promise<Answer<unknown>>;
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

type CallInput<N extends RouteName> = { params?: RouteParams<N>; body?: RouteBody<N>; query?: Record<string, string> };

export class RefusedError extends Error {
  readonly status: number;
  readonly failure: { code: string; reason?: string; fields?: string[]; retryAfterS?: number };
  constructor(name: string, status: number, failure: unknown) {
    super(`${name}: ${status} ${JSON.stringify(failure)}`);
    this.status = status;
    this.failure = failure as RefusedError['failure'];
  }
}

export function createClient(url: string, cookie: string): Client {
  const ask = async (
    name: RouteName,
    {
      params = {},
      body,
      query = {},
    }: { params?: Record<string, string>; body?: unknown; query?: Record<string, string> } = {},
  ): Promise<Answer<unknown>> => {
    const route = routes[name];
    const path = route.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''));
    const search = new URLSearchParams(query).toString();
    const response = await fetch(`${url}${path}${search ? `?${search}` : ''}`, {
      method: route.method,
      headers: { cookie, 'content-type': 'application/json' },
      ...(route.method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  return {
    url,
    cookie,
    ask,
    async call(name, input = {}) {
      const answer = await ask(name, input as Parameters<typeof ask>[1]);
      if (answer.status >= 400) throw new RefusedError(name, answer.status, answer.body);
      return routes[name].reply.parse(answer.body) as RouteReply<typeof name>;
    },
    fetch: (path, init = {}) =>
      fetch(`${url}${path}`, { ...init, headers: { cookie, ...Object.fromEntries(new Headers(init.headers)) } }),
  };
}

/** Signs in over HTTP, as the sign-in page does. */
export async function signIn(url: string, account: string, password: string): Promise<Client> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password }),
  });
  if (response.status !== 201) throw new RefusedError('session:open', response.status, await response.json());
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return createClient(url, cookie);
}

/** A machine's client for images: no cookie, the token of an account with each request. */
export async function machineClient(url: string, account: string, password: string): Promise<Client> {
  const response = await fetch(`${url}/api/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password }),
  });
  if (response.status !== 201) throw new RefusedError('token:mint', response.status, await response.json());
  const { token } = (await response.json()) as { token: string };
  return {
    ...createClient(url, ''),
    fetch: (path, init = {}) =>
      fetch(`${url}${path}`, {
        ...init,
        headers: { ...Object.fromEntries(new Headers(init.headers)), authorization: `Bearer ${token}` },
      }),
  };
}
