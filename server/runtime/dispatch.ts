import { randomUUID } from 'node:crypto';
import { Failure } from '../contract/failure.ts';
import type { Reply } from '../contract/messages.ts';
import { FAILURE_DISCONNECTS, logFailure, toFailure, toFailureView } from './failures.ts';
import type { Logger } from './log.ts';
import { parseInput } from './parse.ts';

type InputSchema = Parameters<typeof parseInput>[0];

/** The part of a Socket.IO socket that dispatching needs. */
export interface DispatchSocket {
  onAny(listener: (name: string, ...args: unknown[]) => void): unknown;
  disconnect(close?: boolean): unknown;
}

export interface Dispatch {
  log: Logger;
  /** Request name → schema of its input. */
  schemas: Record<string, { input: InputSchema }>;
  /** Request name → what answers it. Typed where the table is made, so a missing or wrong one is a compile error. */
  handlers: Record<string, (input: never, requestId: string) => Promise<unknown>>;
  /** Called before each request; throws rate-limited. */
  admit: (name: string) => void;
}

/**
 * Answers every request of one socket: parse → handle → acknowledge.
 * Unknown names and malformed payloads get invalid-message; a request without acknowledgement callback is handled and its failure logged.
 */
export function dispatch(socket: DispatchSocket, { log, schemas, handlers, admit }: Dispatch): void {
  socket.onAny(async (name, ...args) => {
    const requestId = randomUUID();
    const last = args.at(-1);
    const acknowledge = typeof last === 'function' ? (last as (reply: Reply<unknown>) => void) : undefined;
    try {
      const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
      const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
      if (!schema || !handler) throw new Failure('invalid-message', 'unknown request');
      admit(name);
      const input = parseInput(schema.input, acknowledge && args.length === 1 ? undefined : args[0]);
      const value = await handler(input as never, requestId);
      acknowledge?.({ ok: true, value });
    } catch (thrown) {
      const failure = toFailure(thrown);
      logFailure(log, failure, { requestId, name: schemas[name] ? name : 'unknown' });
      acknowledge?.({ ok: false, failure: toFailureView(failure, requestId) });
      if (FAILURE_DISCONNECTS[failure.code]) socket.disconnect(true);
    }
  });
}
