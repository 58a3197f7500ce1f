import type { types } from 'mediasoup-client';
import { createReconciler } from './reconciler.ts';

export interface PictureLayersParts {
  /** What the picture is sent as; undefined while it is not sent. */
  producer(): types.Producer | undefined;
  /** How many layers of it, the smallest first, are taken by anybody; undefined: not told yet. */
  taken(producerId: string): number | undefined;
  onFailure(thrown: unknown): void;
}

/** Which layers of a picture are sent: the smallest that the line carries and that anybody takes. */
export interface PictureLayers {
  /** At most so many are sent. @returns whether that is news. */
  limit(count: number): boolean;
  /** Another producer sends the picture, or others are taken. */
  apply(): void;
}

export function createPictureLayers({ producer, taken, onFailure }: PictureLayersParts): PictureLayers {
  /** As many as the line carries. */
  let limit = Number.POSITIVE_INFINITY;

  // One after another: the parameters that are set must be those that were read last.
  const apply = createReconciler(async () => {
    const current = producer();
    const sender = current?.rtpSender;
    if (!sender || current?.closed) return;
    const count = Math.min(limit, taken(current.id) ?? Number.POSITIVE_INFINITY);
    const parameters = sender.getParameters();
    if (parameters.encodings.every(({ active }, index) => active === index < count)) return;
    for (const [index, encoding] of parameters.encodings.entries()) encoding.active = index < count;
    await sender.setParameters(parameters);
  }, onFailure);

  return {
    limit(count) {
      if (limit === count) return false;
      limit = count;
      apply();
      return true;
    },
    apply,
  };
}
