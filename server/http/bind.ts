import { randomUUID } from 'node:crypto';
import type { Express, Request, Response } from 'express';
import type { z } from 'zod';
import type { Caller } from '../access/caller.ts';
import {
  Failure,
  type FailureCode,
  type Route,
  type RouteBody,
  type RouteName,
  type RouteParams,
  type RouteQuery,
  type RouteReply,
  routes,
} from '../contract/index.ts';
import { FAILURE_STATUS, logFailure, toFailure, toFailureView } from '../runtime/failures.ts';
import type { Logger } from '../runtime/log.ts';
import { parseInput } from '../runtime/parse.ts';
import { readJsonBody } from './json-body.ts';
import type { RequestScope } from './session.ts';

/** Routes that are open to anyone have no caller; all others always have one. */
type CallerOf<N extends RouteName> = (typeof routes)[N]['access'] extends 'anyone' ? null : Caller;

export interface Call<N extends RouteName> {
  caller: CallerOf<N>;
  params: RouteParams<N>;
  query: RouteQuery<N>;
  body: RouteBody<N>;
  requestId: string;
  request: Request;
  /** For cookies and what a browser keeps; the reply itself is returned. */
  response: Response;
}

export type RouteHandler<N extends RouteName> = (call: Call<N>) => Promise<RouteReply<N>>;
/** A handler for each route: a missing one does not compile where the application is composed. */
export type RouteHandlers = { [N in RouteName]: RouteHandler<N> };

/** A route seen without its name: what it parses is checked by its own schemas. */
type AnyRoute = Route<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;

export interface Binding {
  log: Logger;
  /** @throws Failure unauthenticated; cross-site writes included; second-factor-required unless it is about setting one up. */
  authenticate(request: Request, scope: RequestScope): Promise<Caller>;
  handlers: RouteHandlers;
}

/** Puts every JSON route of the contract on the application: authenticate → parse → handle → check the view → answer. */
export function bindRoutes(app: Express, { log, authenticate, handlers }: Binding): void {
  for (const name of Object.keys(routes) as RouteName[]) {
    const route: AnyRoute = routes[name];
    const handle = handlers[name] as unknown as (call: Call<RouteName>) => Promise<unknown>;
    const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
    app[method](route.path, (request, response) =>
      answer(log, name, response, async (requestId) => {
        const scope = route.access === 'set-up' ? 'set-up' : 'all';
        const caller = route.access === 'anyone' ? null : await authenticate(request, scope);
        const value = await handle({
          caller,
          params: parseInput(route.params, request.params),
          query: parseInput(route.query, request.query),
          body: parseInput(route.body, route.method === 'GET' ? {} : await readJsonBody(request, route.maxBodyBytes)),
          requestId,
          request,
          response,
        } as Call<RouteName>);
        const view = route.reply.safeParse(value);
        if (!view.success)
          throw new Failure('internal', 'internal error', {
            cause: new Error(`${name} answered against its contract`, { cause: view.error }),
          });
        response.status(route.status).set('cache-control', 'no-store').json(view.data);
      }),
    );
  }
}

/** Runs a handler and answers its failure, if any. Binary routes use it too, so that a failure looks the same everywhere. */
export async function answer(
  log: Logger,
  name: string,
  response: Response,
  work: (requestId: string) => Promise<void>,
  isCounted: (code: FailureCode) => boolean = () => false,
): Promise<void> {
  const requestId = randomUUID();
  response.set('x-request-id', requestId);
  try {
    await work(requestId);
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'AbortError' && response.closed) {
      log.debug({ requestId, name }, 'the receiver has gone');
      return;
    }
    const failure = toFailure(thrown);
    if (!isCounted(failure.code)) logFailure(log, failure, { requestId, name });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (failure.retryAfterS !== undefined) response.set('retry-after', String(failure.retryAfterS));
    response
      .status(FAILURE_STATUS[failure.code])
      .set('cache-control', 'no-store')
      .json(toFailureView(failure, requestId));
  }
}
