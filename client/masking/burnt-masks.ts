import type { Clock } from '../review/clock.ts';

/** So soon after they were drawn masks are burnt in, or the picture is black. Shorter than a pause of pictures that is noticed (FrameGuard). */
export const BURNT_WITHIN_MS = 300;

/** Follows which masks the pictures say that they have: a picture that goes on without the newest of them is not shown for long. */
export class BurntMasks {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #drawn = 0;
  #burnt = 0;
  #isLate = false;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Of the masks as they are now. */
  get revision(): number {
    return this.#drawn;
  }

  /** Pictures come, and not with these masks. */
  get isLate(): boolean {
    return this.#isLate;
  }

  /** The masks have changed. @returns their revision */
  draw(): number {
    this.#drawn += 1;
    this.#expect();
    return this.#drawn;
  }

  /** Pictures with the masks of this revision have come. */
  seen(revision: number): void {
    this.#burnt = revision;
    if (!this.#isLate || revision < this.#drawn) return;
    this.#isLate = false;
    this.#onChange();
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** A zone that is being dragged changes with each movement: each has its time, one timer is enough. */
  #expect(): void {
    if (this.#cancel || this.#isLate) return;
    const due = this.#drawn;
    this.#cancel = this.#clock.after(BURNT_WITHIN_MS, () => {
      this.#cancel = undefined;
      if (this.#burnt < due) {
        this.#isLate = true;
        this.#onChange();
      } else if (this.#burnt < this.#drawn) this.#expect();
    });
  }
}
