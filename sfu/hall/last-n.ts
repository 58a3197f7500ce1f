/** Which cameras of the stage are shown: those of the few who spoke last. With no more cameras than that, all. */
export class LastN {
  readonly #most: number;
  /** Whoever spoke last comes first; those who never did in the order of their coming. */
  #order: string[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  add(peerId: string): void {
    if (!this.#order.includes(peerId)) this.#order.push(peerId);
  }

  remove(peerId: string): void {
    this.#order = this.#order.filter((one) => one !== peerId);
  }

  spoke(peerId: string): void {
    if (this.#order.includes(peerId)) this.#order = [peerId, ...this.#order.filter((one) => one !== peerId)];
  }

  /** @param isOff whose camera shows nothing anyway, and takes nobody's place */
  shown(isOff: (peerId: string) => boolean): Set<string> {
    return new Set(this.#order.filter((peerId) => !isOff(peerId)).slice(0, this.#most));
  }
}
