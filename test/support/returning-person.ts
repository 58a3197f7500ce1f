import { setTimeout as sleep } from 'node:timers/promises';
import type { CallTicket } from '../../server/contract/call.ts';
import type { ProducerView } from '../../sfu/contract/room.ts';
import { HallPerson } from './hall-world.ts';
import type { RtpLine } from './rtp.ts';
import { connectSfu, type SfuClient } from './sfu-client.ts';

const AGAIN_MS = 200;

export interface ReturningParts {
  line: RtpLine;
  fetchTicket(): Promise<Pick<CallTicket, 'sfuUrl' | 'token'>>;
  /** They have come in, once more. */
  onInside(person: HallPerson): Promise<void>;
}

/** Somebody in a hall who comes back by themselves as a page does: after a lost line, and where they are told to join anew or elsewhere. */
export class ReturningPerson {
  readonly #parts: ReturningParts;
  readonly #watched: { person: HallPerson; producerId: string }[] = [];
  #current: HallPerson | undefined;
  #closed = false;
  readonly #over: Promise<void>;
  /** How often they came in. */
  visits = 0;

  constructor(parts: ReturningParts) {
    this.#parts = parts;
    this.#over = this.#stay();
  }

  /** One who receives whatever is sent of these sources. */
  static watcher(parts: Omit<ReturningParts, 'onInside'>, sources: readonly string[]): ReturningPerson {
    const person: ReturningPerson = new ReturningPerson({
      ...parts,
      async onInside(inside) {
        const taken = new Set<string>();
        const take = async ({ producerId, source }: ProducerView) => {
          if (!sources.includes(source) || taken.has(producerId)) return;
          taken.add(producerId);
          await person.#watch(inside, producerId);
        };
        const { client, snapshot } = inside;
        // What is gone again by then is not taken.
        client.socket.on('producer:created', (one) => void take(one).catch(() => undefined));
        const told = client.heard.filter(({ name }) => name === 'producer:created').map(({ notice }) => notice);
        for (const one of [...snapshot.producers, ...(told as ProducerView[])]) await take(one);
      },
    });
    return person;
  }

  get client(): SfuClient | undefined {
    return this.#current?.client;
  }

  /** Packets of all visits together. */
  get arrived(): number {
    return this.#watched.reduce((sum, { person, producerId }) => sum + person.arrived(producerId), 0);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#current?.client.close();
    await this.#over;
  }

  async #watch(person: HallPerson, producerId: string): Promise<void> {
    await person.watch(producerId);
    this.#watched.push({ person, producerId });
  }

  async #stay(): Promise<void> {
    while (!this.#closed) {
      // Whatever is down just now is tried again.
      await this.#visit().catch(() => undefined);
      if (!this.#closed) await sleep(AGAIN_MS);
    }
  }

  async #visit(): Promise<void> {
    const { line, fetchTicket, onInside } = this.#parts;
    const { sfuUrl, token } = await fetchTicket();
    const client = await connectSfu(sfuUrl, token);
    const person = new HallPerson(line, client, token, '', (port) => line.greet(port));
    try {
      const sentAway = awaitFarewell(client);
      await person.join();
      this.#current = person;
      await onInside(person);
      this.visits += 1;
      await sentAway;
    } finally {
      person.stop();
      client.close();
    }
  }
}

function awaitFarewell({ socket }: SfuClient): Promise<void> {
  return new Promise((resolve) => {
    socket.once('disconnect', () => resolve());
    for (const name of ['room:rejoin', 'room:move'])
      socket.once(name, ({ afterMs }: { afterMs: number }) => void sleep(afterMs).then(resolve));
  });
}
