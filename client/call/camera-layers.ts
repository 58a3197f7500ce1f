import type { types } from 'mediasoup-client';
import { createReconciler } from './reconciler.ts';

export interface CameraLayersParts {
  /** What the camera is sent as; undefined while it is not sent. */
  producer(): types.Producer | undefined;
  onFailure(thrown: unknown): void;
}

/** Which layers of the camera's picture are sent: the smallest that the line carries and that anybody takes. */
export interface CameraLayers {
  /** How many, the smallest first, are taken by anybody. */
  readonly taken: number;
  /** At most so many are sent. @returns whether that is news. */
  limit(count: number): boolean;
  /** As the sfu told: how many of this producer are taken. */
  want(wanted: { producerId: string; layers: number }): void;
  /** Another producer sends the camera. */
  apply(): void;
}

export function createCameraLayers({ producer, onFailure }: CameraLayersParts): CameraLayers {
  /** As many as the line carries. */
  let limit = Number.POSITIVE_INFINITY;
  /** As the sfu told last; of another track it says nothing. */
  let wanted: { producerId: string; layers: number } | undefined;

  const taken = () =>
    wanted !== undefined && wanted.producerId === producer()?.id ? wanted.layers : Number.POSITIVE_INFINITY;

  // One after another: the parameters that are set must be those that were read last.
  const apply = createReconciler(async () => {
    const current = producer();
    const sender = current?.rtpSender;
    if (!sender || current?.closed) return;
    const count = Math.min(limit, taken());
    const parameters = sender.getParameters();
    if (parameters.encodings.every(({ active }, index) => active === index < count)) return;
    for (const [index, encoding] of parameters.encodings.entries()) encoding.active = index < count;
    await sender.setParameters(parameters);
  }, onFailure);

  return {
    get taken() {
      return taken();
    },
    limit(count) {
      if (limit === count) return false;
      limit = count;
      apply();
      return true;
    },
    want(next) {
      wanted = next;
      apply();
    },
    apply,
  };
}
