import type { z } from 'zod';
import { Empty } from './primitives.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * Who is answered. `anyone`: nobody has to be signed in. `set-up`: whoever is signed in, those too whose appointment has ended or who must set up a second factor
 * before anything else.
 */
export type RouteAccess = 'signed-in' | 'set-up' | 'anyone';

/** One HTTP exchange with JSON on both sides. */
export interface Route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> {
  method: Method;
  /** Express notation; each `:name` is a key of `params`. */
  path: string;
  status: 200 | 201;
  access: RouteAccess;
  /** A larger body is `too-large` before it is parsed. */
  maxBodyBytes: number;
  params: P;
  query: Q;
  body: B;
  reply: R;
}

/** Name and password fit many times; whoever is not known yet gets no more. */
const MAX_ANONYMOUS_BYTES = 4 * 1024;
/** An application with all its texts full of Chinese is half of it. */
const MAX_BODY_BYTES = 256 * 1024;
/** An opinion with the drawings of all its key images. */
export const MAX_OPINION_BYTES = 4 * 1024 * 1024;

export function route<
  R extends z.ZodType,
  P extends z.ZodType = typeof Empty,
  Q extends z.ZodType = typeof Empty,
  B extends z.ZodType = typeof Empty,
>(
  method: Method,
  path: string,
  parts: { reply: R; params?: P; query?: Q; body?: B; status?: 200 | 201; access?: RouteAccess; maxBodyBytes?: number },
): Route<P, Q, B, R> {
  return {
    method,
    path,
    status: parts.status ?? 200,
    access: parts.access ?? 'signed-in',
    maxBodyBytes: parts.maxBodyBytes ?? (parts.access === 'anyone' ? MAX_ANONYMOUS_BYTES : MAX_BODY_BYTES),
    params: (parts.params ?? Empty) as P,
    query: (parts.query ?? Empty) as Q,
    body: (parts.body ?? Empty) as B,
    reply: parts.reply,
  };
}
