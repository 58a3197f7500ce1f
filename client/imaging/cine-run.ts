import type { Slice } from './series.ts';

/** The way through the frames of one object: from the first to the last, or to and fro where its file says so. */
export class CineRun {
  #object = '';
  #indices: number[] = [];
  #forward = true;

  /** Where the frames of the slice's object, as far as they are played, lie in the stack. */
  indicesOf(slice: Slice, slices: readonly Slice[]): readonly number[] {
    const object = `${slice.seriesInstanceUid}/${slice.sopInstanceUid}`;
    if (this.#object !== object) {
      const { firstFrame = 1, lastFrame = Number.POSITIVE_INFINITY } = slice.description.cine ?? {};
      // Whoever pages sees every frame; from one outside of the trim, playing goes to the first inside.
      this.#indices = slices.flatMap(({ sopInstanceUid, frame }, index) =>
        sopInstanceUid === slice.sopInstanceUid && frame >= firstFrame && frame <= lastFrame ? [index] : [],
      );
      this.#object = object;
    }
    return this.#indices;
  }

  /** Goes on from the first to the last. */
  forward(): void {
    this.#forward = true;
  }

  /**
   * Place in the run after this one; undefined: the end, and no loop.
   * @param sweeps it goes back the way it came.
   */
  placeAfter(place: number, { sweeps, loops }: { sweeps: boolean; loops: boolean }): number | undefined {
    const last = this.#indices.length - 1;
    if (this.#forward ? place < last : place > 0) return place + this.#step;
    if (sweeps && (this.#forward || loops)) {
      this.#forward = !this.#forward;
      return Math.min(Math.max(place + this.#step, 0), last);
    }
    return loops ? 0 : undefined;
  }

  get #step(): 1 | -1 {
    return this.#forward ? 1 : -1;
  }
}
