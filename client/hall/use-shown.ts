import { type RefObject, useEffect, useMemo } from 'react';
import type { Demand } from '../call/subscription.ts';
import { useDemand } from '../call/use-demand.ts';
import type { HallClient } from './hall-client.ts';

/** Has a picture sent as long as this element shows it, in the size in which it does. One picture may be shown in several places. */
export function useShown(
  client: HallClient,
  element: RefObject<HTMLElement | null>,
  producerId: string | undefined,
  priority: number,
): void {
  const tile = useMemo(() => {
    const own = Symbol('tile');
    return {
      setDemand: (shown: string, demand: Demand) => client.show(shown, own, demand),
      hide: (shown: string) => client.show(shown, own, null),
    };
  }, [client]);
  useEffect(() => {
    if (producerId === undefined) return undefined;
    // At once: the first picture does not wait for the page to settle.
    const widthPx = (element.current?.clientWidth ?? 0) * devicePixelRatio;
    tile.setDemand(producerId, { visible: true, widthPx, priority });
    return () => tile.hide(producerId);
  }, [tile, element, producerId, priority]);
  useDemand(tile, element, producerId, priority);
}
