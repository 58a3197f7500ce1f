import { z } from 'zod';
import type { MediaReadiness } from '../server/contract/call.ts';
import { Failure } from '../server/contract/failure.ts';
import { FailureView } from '../server/contract/failure-view.ts';
import { Id } from '../server/contract/primitives.ts';
import { type CutOrder, OrderedCut, type ResumeOrder } from './contract/cut-order.ts';
import { type HlsOrder, HlsState } from './contract/hls.ts';
import { FoundPoster, type Poster } from './contract/poster.ts';
import { type RecordingOrder, RecordingState } from './contract/recording.ts';
import { CutState, HallSeat, MediaSource, type ResumeInput } from './contract/token.ts';
import { sign } from './signed.ts';

/** What the server may ask of the sfu, wherever the sfu runs. All throw Failure unavailable where it cannot be reached. */
export interface SfuControl {
  /** Ends the call for everyone; tokens issued before open the room no more. A room that nobody is in is no error. */
  endRoom(roomId: string): Promise<void>;
  /**
   * Puts a person out: their media is closed, their windows are told and disconnected, and tokens issued before let them in no more.
   * Whoever is not there is no error.
   */
  removePerson(removal: Removal): Promise<void>;
  /** Everybody who is in a room. @throws Failure unavailable also where one of several sfus does not say who is there */
  listPeople(): Promise<PersonInRoom[]>;
  /** The same as far as sfus answer: for whoever looks again and again at those who are there, never at who is not. */
  listPeopleReached(): Promise<PersonInRoom[]>;
  /** Pauses a person's voice in all their windows; they may resume it. */
  mutePeer(roomId: string, accountId: string): Promise<void>;
  /**
   * What a person may publish in a hall from now on, whatever tokens from before say; none: all that they send ends. Their seat says what they
   * may at most. Who is not there finds it so on entering. @throws Failure forbidden, conflict where the room is a call
   */
  setPublish(roomId: string, accountId: string, sources: readonly MediaSource[]): Promise<void>;
  /**
   * Cuts off what is named of a hall's theatre, for everyone who is there and who comes. @throws Failure conflict where the room is a call;
   * unavailable where the sfu that has the theatre has not heard of it: whatever else could be reached is cut
   */
  cutHall(roomId: string, order: CutOrder): Promise<CutState>;
  /** Ends the cut of what is named. @throws Failure conflict where there is a newer cut than the one named */
  resumeHall(roomId: string, what: ResumeInput): Promise<CutState>;
  /**
   * Has everything that a hall's people send of these sources recorded from now on, whoever comes. Asked again it goes on; one that has
   * stopped by a fault begins anew. @returns how it stands: with a fault nothing is recorded. @throws Failure conflict where the room is a call
   */
  startRecording(roomId: string, order: RecordingOrder): Promise<RecordingState>;
  /** Nothing more is recorded; what was is whole on the disk when this resolves. */
  stopRecording(roomId: string): Promise<void>;
  /** null: nothing is to be recorded there, or the sfu was started anew. */
  findRecording(roomId: string): Promise<RecordingState | null>;
  /** What a hall's theatre shows, as one picture, until the next one, the next cut or half a minute later; null: nothing any more. It is kept in memory alone. */
  putPoster(roomId: string, poster: Poster | null): Promise<void>;
  /** null: there is none, or what it shows was cut. */
  findPoster(roomId: string): Promise<Poster | null>;
  /**
   * Has what is on air and all voices of a hall made into HLS, until nobody has ordered it for some twenty seconds.
   * @returns what can be had of it now; null where nobody is in the hall. @throws Failure conflict where the room is a call
   */
  orderStream(roomId: string, order: HlsOrder): Promise<HlsState | null>;
  /** What was made of it until now is not to be seen any more; players let go of what they have loaded. */
  takeStreamBack(roomId: string): Promise<void>;
  /** One fragment of it, or its beginning. null: there is none of that name, or none any more. */
  readFragment(roomId: string, name: string): Promise<Uint8Array | null>;
  /** What is cut in each hall that anything is known of, whoever cut it. */
  listHalls(): Promise<HallCut[]>;
  health(): Promise<SfuHealth>;
  /** Whether calls can be held. An sfu of its own answers nobody before it can, so only one inside the server is ever not ready. */
  readiness(): MediaReadiness;
}

/** One sfu of several, which may not be the one that has a hall's theatre. */
export interface NodeControl extends Omit<SfuControl, 'cutHall' | 'resumeHall' | 'listPeopleReached'> {
  orderCut(roomId: string, order: CutOrder): Promise<OrderedCut>;
  orderResume(roomId: string, order: ResumeOrder): Promise<OrderedCut>;
}

/** Where there is one sfu alone. */
export function controlAlone(node: NodeControl): SfuControl {
  return {
    ...node,
    cutHall: async (roomId, order) => CutState.parse(await node.orderCut(roomId, order)),
    resumeHall: async (roomId, what) => CutState.parse(await node.orderResume(roomId, what)),
    listPeopleReached: () => node.listPeople(),
  };
}

export const SfuHealth = z.object({ workers: z.number().int() });
export type SfuHealth = z.infer<typeof SfuHealth>;

/** Everything of one sign-in; or of one account, in one room or in all. */
export const Removal = z.union([z.object({ signInId: Id }), z.object({ accountId: Id, roomId: Id.optional() })]);
export type Removal = z.infer<typeof Removal>;

/** `away`: the connection is lost, and the person is waited for. `hall`: where the room is one, as their newest token and grants say. */
export const PersonInRoom = z.object({
  roomId: Id,
  kind: z.enum(['call', 'hall']),
  accountId: Id,
  signInId: Id,
  away: z.boolean(),
  hall: z.object({ seat: HallSeat, mayCut: z.boolean(), mayPublish: z.array(MediaSource) }).exactOptional(),
});
export type PersonInRoom = z.infer<typeof PersonInRoom>;
/**
 * `cutBy`: who in the hall cut or resumed last; null: the server ordered it. `isOrigins`: the hall is open there with its theatre; a node of the last
 * release does not say.
 */
export const HallCut = z.object({
  roomId: Id,
  cut: CutState,
  cutBy: Id.nullable(),
  isOrigins: z.boolean().exactOptional(),
});
export type HallCut = z.infer<typeof HallCut>;
export const HallCuts = z.object({ halls: z.array(HallCut) });
export const PeopleInRooms = z.object({ people: z.array(PersonInRoom) });

/** Claims of what the server sends as bearer token to the private control. */
export const ControlClaims = z.object({ expiresAt: z.iso.datetime() });
export const FoundRecording = z.object({ recording: RecordingState.nullable() });
export const FoundStream = z.object({ stream: HlsState.nullable() });
export const MuteInput = z.object({ accountId: z.uuid() });
export const PublishInput = z.object({ sources: z.array(MediaSource).max(MediaSource.options.length) });

const TOKEN_LIFE_MS = 60_000;
const TIMEOUT_MS = 5_000;

const pathOf = (roomId: string) => `/sfu/rooms/${encodeURIComponent(roomId)}`;
/** What the sfu refuses for a reason of its own: forbidden, conflict. */
const REFUSED = new Set([403, 409]);

/** The control of one sfu alone, in another process. */
export const createSfuControl = (where: { url: string; secret: string }): SfuControl =>
  controlAlone(createNodeControl(where));

/** The control of an sfu in another process. `url` is where the server reaches it, e.g. `http://10.0.0.7:3001`. */
export function createNodeControl({ url, secret }: { url: string; secret: string }): NodeControl {
  const ask = async (method: string, path: string, input?: unknown): Promise<Response> => {
    const expiresAt = new Date(Date.now() + TOKEN_LIFE_MS).toISOString();
    const headers = {
      authorization: `Bearer ${sign('huizhen-control+jwt', { expiresAt }, secret)}`,
      'content-type': 'application/json',
    };
    const body = input === undefined ? null : JSON.stringify(input);
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(new URL(path, url), { method, headers, body, signal }).catch((cause: unknown) => {
      throw unreachable('the sfu does not answer', cause);
    });
    if (REFUSED.has(response.status)) throw await readFailure(response);
    if (!response.ok) throw unreachable(`the sfu answered ${response.status} to ${method} ${path}`);
    return response;
  };
  return {
    async endRoom(roomId) {
      await ask('DELETE', pathOf(roomId));
    },
    async removePerson(removal) {
      await ask('POST', '/sfu/removals', removal);
    },
    async listPeople() {
      return PeopleInRooms.parse(await (await ask('GET', '/sfu/people')).json()).people;
    },
    async mutePeer(roomId, accountId) {
      await ask('POST', `${pathOf(roomId)}/mute`, { accountId });
    },
    async setPublish(roomId, accountId, sources) {
      await ask('PUT', `${pathOf(roomId)}/accounts/${encodeURIComponent(accountId)}/publish`, { sources });
    },
    async orderCut(roomId, order) {
      return OrderedCut.parse(await (await ask('POST', `${pathOf(roomId)}/cut`, order)).json());
    },
    async orderResume(roomId, order) {
      return OrderedCut.parse(await (await ask('POST', `${pathOf(roomId)}/resume`, order)).json());
    },
    async startRecording(roomId, order) {
      return RecordingState.parse(await (await ask('PUT', `${pathOf(roomId)}/recording`, order)).json());
    },
    async stopRecording(roomId) {
      await ask('DELETE', `${pathOf(roomId)}/recording`);
    },
    async findRecording(roomId) {
      const answer = FoundRecording.parse(await (await ask('GET', `${pathOf(roomId)}/recording`)).json());
      return answer.recording;
    },
    async putPoster(roomId, poster) {
      await ask('PUT', `${pathOf(roomId)}/poster`, { poster });
    },
    async findPoster(roomId) {
      return FoundPoster.parse(await (await ask('GET', `${pathOf(roomId)}/poster`)).json()).poster;
    },
    async orderStream(roomId, order) {
      return FoundStream.parse(await (await ask('PUT', `${pathOf(roomId)}/stream`, order)).json()).stream;
    },
    async takeStreamBack(roomId) {
      await ask('DELETE', `${pathOf(roomId)}/stream`);
    },
    async readFragment(roomId, name) {
      const response = await ask('GET', `${pathOf(roomId)}/stream/${encodeURIComponent(name)}`);
      return response.status === 204 ? null : new Uint8Array(await response.arrayBuffer());
    },
    async listHalls() {
      return HallCuts.parse(await (await ask('GET', '/sfu/halls')).json()).halls;
    },
    async health() {
      return SfuHealth.parse(await (await ask('GET', '/sfu/health')).json());
    },
    readiness: () => ({ state: 'ready' }),
  };
}

/** How often whoever waits for the media worker may ask. */
const PREPARING_RETRY_S = 5;

/** @throws Failure unavailable / media-preparing, media-failed where no call can be held now */
export function requireMedia(readiness: MediaReadiness): void {
  if (readiness.state === 'preparing')
    throw new Failure('unavailable', `the media worker is being made, about ${readiness.leftS} s left`, {
      reason: 'media-preparing',
      retryAfterS: PREPARING_RETRY_S,
    });
  if (readiness.state === 'failed')
    throw new Failure('unavailable', 'the media worker could not be made; see the log', { reason: 'media-failed' });
}

function unreachable(message: string, cause?: unknown): Failure {
  return new Failure('unavailable', message, {
    reason: 'sfu-unreachable',
    retryAfterS: 2,
    ...(cause === undefined ? {} : { cause }),
  });
}

async function readFailure(response: Response): Promise<Failure> {
  const view = FailureView.safeParse(await response.json().catch(() => undefined));
  return view.success
    ? new Failure(view.data.code, view.data.message)
    : unreachable('the sfu refuses without a reason');
}
