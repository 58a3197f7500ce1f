import { randomUUID } from 'node:crypto';
import type { ConsumerView, RoomSnapshot, TransportView } from '../../sfu/contract/room.ts';
import type { HallClaims, HallSeat, MediaSource } from '../../sfu/contract/token.ts';
import type { RoomTokenGrant } from '../../sfu/room-token.ts';
import { type PlainTransports, putPlainTransports } from './plain-transports.ts';
import { type Arrivals, createTrack, RtpLine, type RtpTrack } from './rtp.ts';
import { connectSfu, type SfuClient, tokenFor } from './sfu-client.ts';
import { type RunningSfu, type StartSfuOptions, startSfu } from './start-sfu.ts';

const SOURCES: Record<HallSeat, MediaSource[]> = {
  theatre: ['field', 'room', 'device', 'audio', 'screen'],
  stage: ['audio', 'video', 'screen'],
  audience: [],
  advocate: [],
};

/** What a token of a seat says; what matters to the test is given. */
export function hallGrant(seat: HallSeat, hall: Partial<HallClaims> = {}): Partial<RoomTokenGrant> {
  const mayCut = seat === 'theatre' || seat === 'advocate';
  return {
    mayPublish: SOURCES[seat],
    hall: { seat, mayCut, maxReceiveBps: 6_000_000, maxSendBps: 12_000_000, ...hall },
  };
}

/** Where a plain transport that the sfu told of receives RTP. */
function portOf({ iceCandidates: [candidate] }: TransportView): number {
  if (!candidate) throw new Error('no plain transport');
  return candidate.port;
}

/** Says to a transport where to send to. */
type Greet = (port: number) => void;

/** One window of a person in a hall, who sends and receives real packets. */
export class HallPerson {
  readonly client: SfuClient;
  readonly accountId: string;
  readonly token: string;
  readonly #line: RtpLine;
  readonly consumers = new Map<string, ConsumerView>();
  readonly #stops: (() => void)[] = [];
  send: TransportView | null = null;
  #snapshot: RoomSnapshot | undefined;

  readonly #greet: Greet;

  constructor(line: RtpLine, client: SfuClient, token: string, accountId: string, greet: Greet) {
    this.#greet = greet;
    this.#line = line;
    this.client = client;
    this.token = token;
    this.accountId = accountId;
  }

  get snapshot(): RoomSnapshot {
    if (!this.#snapshot) throw new Error('not joined');
    return this.#snapshot;
  }

  /** Enters (again) on the connection that there is. */
  async join(sessionId: string = randomUUID(), resume = false): Promise<RoomSnapshot> {
    this.consumers.clear();
    const snapshot = await this.client.join(sessionId, resume);
    this.#snapshot = snapshot;
    this.send = snapshot.sendTransport;
    const { routerRtpCapabilities: rtpCapabilities } = snapshot;
    await this.client.get('capabilities:declare', { rtpCapabilities });
    this.#greet(this.#port);
    return snapshot;
  }

  async publish(
    source: MediaSource,
    label?: string,
    everyMs = 100,
    layers = 1,
  ): Promise<{ producerId: string; track: RtpTrack }> {
    const track = createTrack(source === 'audio' ? 'audio' : 'video', layers);
    const { producerId } = await this.client.get('producer:create', {
      source,
      ...(label !== undefined && { label }),
      rtpParameters: track.parameters,
      paused: false,
    });
    if (!this.send) throw new Error('nothing to send over');
    this.#stops.push(this.#line.send(track, portOf(this.send), everyMs));
    return { producerId, track };
  }

  async watch(producerId: string): Promise<void> {
    const view = await this.client.get('consumer:create', { producerId });
    this.consumers.set(producerId, view);
    await this.client.get('consumer:resume', { consumerId: view.consumerId });
  }

  /** Packets of a track that have come so far. */
  arrived(producerId: string): number {
    return this.arrivals(producerId).count;
  }

  arrivals(producerId: string): Arrivals {
    const ssrc = this.consumers.get(producerId)?.rtpParameters.encodings?.[0]?.ssrc;
    return this.#line.arrived(this.#port, ssrc ?? 0);
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  async leave(): Promise<void> {
    this.stop();
    await this.client.get('room:leave', {});
    this.client.close();
  }

  get #port(): number {
    return portOf(this.snapshot.recvTransport);
  }
}

/** A real sfu with several workers, one hall, and people in it. */
export class HallWorld {
  readonly sfu: RunningSfu;
  readonly plain: PlainTransports;
  readonly line: RtpLine;
  roomId: string = randomUUID();
  people: HallPerson[] = [];

  private constructor(sfu: RunningSfu, plain: PlainTransports, line: RtpLine) {
    this.sfu = sfu;
    this.plain = plain;
    this.line = line;
  }

  static async start(workerCount: number, options: StartSfuOptions = {}): Promise<HallWorld> {
    const plain = putPlainTransports();
    return new HallWorld(await startSfu({ workerCount, ...options }), plain, await RtpLine.open());
  }

  /** @param greet has the person's packets come to another process */
  async enter(seat: HallSeat, grant: Partial<RoomTokenGrant> = {}, greet?: Greet): Promise<HallPerson> {
    const accountId = grant.accountId ?? randomUUID();
    const token = tokenFor(this.roomId, this.sfu.secret, { ...hallGrant(seat), ...grant, accountId });
    return await this.enterWith(token, accountId, greet);
  }

  async enterWith(token: string, accountId: string, greet?: Greet): Promise<HallPerson> {
    const client = await connectSfu(this.sfu.url, token);
    const person = new HallPerson(this.line, client, token, accountId, greet ?? ((port) => this.line.greet(port)));
    this.people.push(person);
    await person.join();
    return person;
  }

  /** Everybody goes, and the next hall is another one. */
  async empty(): Promise<void> {
    for (const person of this.people.splice(0)) {
      person.stop();
      person.client.close();
    }
    await this.sfu.sfu.endRoom(this.roomId);
    this.roomId = randomUUID();
  }

  async close(): Promise<void> {
    await this.empty();
    this.plain.close();
    this.line.close();
    await this.sfu.close();
  }
}
