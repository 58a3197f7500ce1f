import type { Demand } from '../call/subscription.ts';

const HIDDEN: Demand = { visible: false, widthPx: 0, priority: 1 };

/** How each picture is shown on the page, in all its tiles together: one that no tile shows is not sent here. */
export interface Demands {
  of(producerId: string): Demand;
  /** @returns what all tiles together want of it now */
  set(producerId: string, tile: symbol, demand: Demand | null): Demand;
}

export function createDemands(): Demands {
  const tiles = new Map<string, Map<symbol, Demand>>();
  const of = (producerId: string): Demand =>
    [...(tiles.get(producerId)?.values() ?? [])]
      .filter(({ visible }) => visible)
      .reduce(
        (all, one) => ({
          visible: true,
          widthPx: Math.max(all.widthPx, one.widthPx),
          priority: Math.max(all.priority, one.priority),
        }),
        HIDDEN,
      );
  return {
    of,
    set(producerId, tile, demand) {
      const known = tiles.get(producerId) ?? new Map<symbol, Demand>();
      tiles.set(producerId, known);
      if (demand) known.set(tile, demand);
      else known.delete(tile);
      if (known.size === 0) tiles.delete(producerId);
      return of(producerId);
    },
  };
}
