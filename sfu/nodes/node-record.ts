import { z } from 'zod';
import { Id } from '../../server/contract/primitives.ts';

/** What an sfu node tells of itself with every heartbeat. */
export const NodeRecord = z.object({
  /** Of one process, from its start to its end. */
  nodeId: Id,
  startedAtMs: z.number().int(),
  /** Counts the heartbeats: whoever reads them needs no clock that agrees with the node's. */
  beat: z.number().int(),
  /** Where servers reach its private control and other nodes its link. */
  url: z.string(),
  /** Where browsers reach its signalling; a path alone: on the server's own address. */
  publicUrl: z.string(),
  state: z.enum(['open', 'draining', 'closed']),
  workers: z.number().int(),
  /** Mean over the workers, about 1 where their cores are full: streams, or processor time where that is more. */
  load: z.number(),
  /** Of the busiest worker, 0 to 1. */
  busiestCpuShare: z.number(),
  /** People in each room. */
  rooms: z.record(Id, z.number().int()),
  /** Those of the rooms that are here: of a hall, theatre and stage. A node of the last release does not say. */
  origins: z.array(Id).default([]),
});
export type NodeRecord = z.infer<typeof NodeRecord>;

export const BEAT_EVERY_MS = 2_000;
/** Three heartbeats: a node that is silent for so long is gone. */
export const SILENT_MS = 6_000;
