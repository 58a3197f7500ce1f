import type { Caller } from './caller.ts';

/** A request as use cases see it: who asks, the id under which it is logged, and when it came. */
export interface Asked {
  caller: Caller;
  requestId: string;
  at: Date;
}
