import { countTaken, createLayerDemand, type LayerTaker } from './layer-demand.ts';

/** Keeps the sender of a picture in layers told how many of them anybody takes, so that it encodes and sends no others. */
export interface LayersWanted {
  /** A receiver wants something else than before, has come or has gone. */
  review(): void;
  /** Somebody is about to take the picture: their first one must not wait for an encoder. */
  expect(): void;
  /** The sender may have missed the last notice. */
  repeat(): void;
  close(): void;
}

export interface LayersWantedParts {
  layerCount: number;
  takers(): Iterable<LayerTaker>;
  tell(layers: number): void;
}

export function watchLayersWanted({ layerCount, takers, tell }: LayersWantedParts): LayersWanted {
  const demand = createLayerDemand(layerCount);
  let told = demand.asked;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function look(taken = countTaken(takers(), layerCount)): void {
    clearTimeout(timer);
    if (closed) return;
    const againMs = demand.observe(taken, performance.now());
    if (againMs !== undefined) timer = setTimeout(look, Math.ceil(againMs)).unref();
    if (demand.asked === told) return;
    told = demand.asked;
    tell(told);
  }

  look();
  return {
    review: () => look(),
    expect() {
      look(layerCount);
      look();
    },
    repeat: () => tell(told),
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
