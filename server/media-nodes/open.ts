import { createNodeControl, type SfuControl } from '../../sfu/control.ts';
import { openNodeRegistry } from '../../sfu/nodes/registry.ts';
import type { TicketParts } from '../call/ticket.ts';
import type { Logger } from '../runtime/log.ts';
import { controlNodes } from './control.ts';
import { NodeWatch } from './node-watch.ts';
import { Places } from './place.ts';

export interface MediaNodesParts {
  redisUrl: string;
  /** The sfu that the server was told of, for as long as no node has registered; and where browsers reach that. */
  sfuUrl: string;
  sfuPublicUrl: string;
  secret: string;
  log: Logger;
}

export interface MediaNodes {
  sfu: SfuControl & { close(): Promise<void> };
  placeIn: TicketParts['placeIn'];
}

/** The sfu nodes that register in Redis, as one sfu. */
export async function openMediaNodes({
  redisUrl,
  sfuUrl,
  sfuPublicUrl,
  secret,
  log,
}: MediaNodesParts): Promise<MediaNodes> {
  const registry = openNodeRegistry(redisUrl, log);
  await registry.isReady();
  const watch = new NodeWatch(registry, log);
  await watch.open();
  const places = new Places({ registry, watch, log });
  const control = controlNodes({
    living: () => watch.living,
    silent: () => watch.silent,
    originOf: (roomId) => places.originOf(roomId),
    findOrigin: (roomId) => places.findOrigin(roomId),
    alone: createNodeControl({ url: sfuUrl, secret }),
    secret,
  });
  return {
    sfu: { ...control, close: async () => watch.close() },
    placeIn: async (roomId, who) =>
      watch.living.length === 0 ? { sfuUrl: sfuPublicUrl } : await places.placeIn(roomId, who),
  };
}
