import type { types } from 'mediasoup';
import type { Logger } from '../../server/runtime/log.ts';
import { TakenTracks } from './taken-tracks.ts';

/** Two workers of one machine: what goes between them leaves no network card, so it is neither encrypted nor sent twice. */
const LOOPBACK = { listenInfo: { protocol: 'udp', ip: '127.0.0.1' }, enableSctp: false } as const;

interface Pair {
  near: types.PipeTransport;
  far: types.PipeTransport;
}

/**
 * The tracks of one router that are known at another one: each once, from the first who takes it there to the last. A router's own
 * `pipeToRouter` keeps tracks for ever, and an edge that dies while a pause is passed on would end this process.
 */
export class Pipes {
  readonly #from: types.Router;
  readonly #to: types.Router;
  readonly #log: Logger;
  readonly #tracks = new TakenTracks((producerId) => this.#open(producerId));
  #pair: Promise<Pair> | undefined;

  constructor({ from, to, log }: { from: types.Router; to: types.Router; log: Logger }) {
    this.#from = from;
    this.#to = to;
    this.#log = log;
  }

  get count(): number {
    return this.#tracks.count;
  }

  /** @returns what to call once it is taken no more. @throws Error where either end is gone */
  async take(producerId: string): Promise<() => void> {
    return await this.#tracks.take(producerId);
  }

  async #open(producerId: string): Promise<types.Producer> {
    this.#pair ??= openPair(this.#from, this.#to);
    const { near, far } = await this.#pair.catch((error: unknown) => {
      this.#pair = undefined;
      throw error;
    });
    const sent = await near.consume({ producerId });
    try {
      const { kind, rtpParameters, producerPaused: paused } = sent;
      const arrived = await far.produce({ id: producerId, kind, rtpParameters, paused });
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
