import type { types } from 'mediasoup';
import type { Logger } from '../../server/runtime/log.ts';
import type { PeerProducer } from '../peer.ts';

/** Two workers of one machine: what goes between them leaves no network card, so it is neither encrypted nor sent twice. */
const LOOPBACK = { listenInfo: { protocol: 'udp', ip: '127.0.0.1' }, enableSctp: false } as const;

interface Pair {
  near: types.PipeTransport;
  far: types.PipeTransport;
}

interface Pipe {
  takers: number;
  opened: Promise<types.Producer>;
}

/**
 * The tracks of one router that are known at another one: each once, from the first who takes it there to the last. A router's own
 * `pipeToRouter` keeps tracks for ever, and an edge that dies while a pause is passed on would end this process.
 */
export class Pipes {
  readonly #from: types.Router;
  readonly #to: types.Router;
  readonly #log: Logger;
  readonly #pipes = new Map<string, Pipe>();
  #pair: Promise<Pair> | undefined;

  constructor({ from, to, log }: { from: types.Router; to: types.Router; log: Logger }) {
    this.#from = from;
    this.#to = to;
    this.#log = log;
  }

  get count(): number {
    return this.#pipes.size;
  }

  /** @returns what to call once it is taken no more. @throws Error where either end is gone */
  async take(producer: PeerProducer): Promise<() => void> {
    let pipe = this.#pipes.get(producer.id);
    if (!pipe) {
      pipe = { takers: 0, opened: this.#open(producer) };
      this.#pipes.set(producer.id, pipe);
    }
    const taken = pipe;
    taken.takers += 1;
    let released = false;
    const release = () => {
      if (released) return;
      released = true;
      taken.takers -= 1;
      void this.#closeIdle(producer.id, taken);
    };
    try {
      await taken.opened;
      return release;
    } catch (error) {
      release();
      throw error;
    }
  }

  /** One that is still being opened may be taken again before it is closed. */
  async #closeIdle(producerId: string, pipe: Pipe): Promise<void> {
    const far = await pipe.opened.catch(() => undefined);
    if (pipe.takers > 0 || this.#pipes.get(producerId) !== pipe) return;
    this.#pipes.delete(producerId);
    far?.close();
  }

  async #open(producer: PeerProducer): Promise<types.Producer> {
    this.#pair ??= openPair(this.#from, this.#to);
    const { near, far } = await this.#pair.catch((error: unknown) => {
      this.#pair = undefined;
      throw error;
    });
    const sent = await near.consume({ producerId: producer.id });
    try {
      const { kind, rtpParameters, producerPaused: paused } = sent;
      const arrived = await far.produce({ id: producer.id, kind, rtpParameters, paused });
      this.#tie(sent, arrived);
      return arrived;
    } catch (error) {
      sent.close();
      throw error;
    }
  }

  /** Pause, resume and close go through; that one end has died meanwhile is told elsewhere. */
  #tie(sent: types.Consumer, arrived: types.Producer): void {
    let asked = arrived.paused;
    const follow = () => {
      if (sent.closed) arrived.close();
      if (arrived.closed || asked === sent.producerPaused) return;
      asked = sent.producerPaused;
      (asked ? arrived.pause() : arrived.resume()).catch((err: unknown) => {
        this.#log.debug({ err, producerId: arrived.id }, 'a pause was not passed on');
      });
    };
    sent.on('producerpause', follow);
    sent.on('producerresume', follow);
    sent.observer.once('close', () => arrived.close());
    arrived.observer.once('close', () => sent.close());
    follow();
  }
}

async function openPair(from: types.Router, to: types.Router): Promise<Pair> {
  const [near, far] = await Promise.all([from.createPipeTransport(LOOPBACK), to.createPipeTransport(LOOPBACK)]);
  const addressOf = ({ tuple: { localAddress: ip, localPort: port } }: types.PipeTransport) => ({ ip, port });
  await Promise.all([near.connect(addressOf(far)), far.connect(addressOf(near))]);
  near.observer.once('close', () => far.close());
  far.observer.once('close', () => near.close());
  return { near, far };
}
