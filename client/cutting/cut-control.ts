import type { Failure } from '../../server/contract/failure.ts';
import type { CutInput, CutState, ResumeInput } from '../../sfu/contract/token.ts';
import { toFailure } from '../api/failures.ts';
import type { Clock } from '../review/clock.ts';

/** One who cuts the theatre for everybody. All throw Failure. */
export interface CutWay {
  cut(what: CutInput): Promise<CutState>;
  resume(what: ResumeInput): Promise<CutState>;
}

export interface CutControlParts {
  /** The hall's own signalling, which needs no server; undefined in a window that is not in the hall. */
  hall?: CutWay;
  server: CutWay;
  /** Holds back what this window itself sends of the theatre. */
  hold(what: CutInput): void;
  clock: Clock;
}

export interface CutControlState {
  /** Counts the cuts: one that comes while somebody is asked about ending another stays. */
  number: number;
  /** What is cut, as far as this window knows: what it holds back itself counts. */
  cut: CutInput;
  /** The hall has not heard of all of it yet. */
  isUntold: boolean;
  /** Why the last end of a cut did not come about. */
  failure: Failure | null;
}

export const NOTHING_CUT: CutInput = { picture: false, sound: false };
const TELL_AGAIN_MS = 1_000;
/** A hall that has not cut by then may hang: the server is told as well. */
const SLOW_MS = 300;

const both = (one: CutInput, other: CutInput): CutInput => ({
  picture: one.picture || other.picture,
  sound: one.sound || other.sound,
});
const isAny = ({ picture, sound }: CutInput) => picture || sound;

/**
 * The cut switch of one window: what is cut is held back here at once, then told to the hall, then to the server, again and again until one of
 * them has answered. Only an answered end of a cut lets anything go again.
 */
export class CutControl {
  readonly #parts: CutControlParts;
  readonly #listeners = new Set<() => void>();
  /** As hall or server told last. */
  #told: CutState = { number: 0, ...NOTHING_CUT };
  /** Cut here and told to nobody yet. */
  #own: CutInput = NOTHING_CUT;
  /** What the server could not tell the hall, by whomever. */
  #untold: CutInput = NOTHING_CUT;
  #failure: Failure | null = null;
  /** What is being told to the server beside the hall, for its record. */
  #recording: Promise<unknown> = Promise.resolve();
  #telling: Promise<void> | undefined;
  #cancelAgain: (() => void) | undefined;
  #isClosed = false;
  #state: CutControlState = { number: 0, cut: NOTHING_CUT, isUntold: false, failure: null };

  constructor(parts: CutControlParts) {
    this.#parts = parts;
  }

  get state(): CutControlState {
    return this.#state;
  }

  readonly onState = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The hall, or the server, tells what is cut: by whomever. */
  hear(told: CutState): void {
    const { number, ...before } = this.#told;
    this.#told = told;
    const less = { picture: before.picture && !told.picture, sound: before.sound && !told.sound };
    // An sfu that was started anew knows of no cut, or of older ones by a ticket: what was cut since stays so, and is told to it.
    if (told.number < number && isAny(less)) this.cut(less);
    else this.#changed();
  }

  /** The server has not reached the hall with a cut: it is held back here meanwhile. */
  hearUntold(untold: CutInput | null): void {
    this.#untold = untold ?? NOTHING_CUT;
    this.#changed();
  }

  cut(what: CutInput): void {
    this.#own = both(this.#own, what);
    this.#failure = null;
    this.#changed();
    this.#tell();
  }

  /** Lets go only once hall or server have ended the cut: another one that came meanwhile stays. */
  async resume(what: CutInput): Promise<void> {
    // What was never told ends here.
    this.#own = { picture: this.#own.picture && !what.picture, sound: this.#own.sound && !what.sound };
    const { hall, server } = this.#parts;
    // Arriving later they would cut again.
    await this.#telling;
    await this.#recording;
    try {
      const input = { ...what, number: this.#told.number };
      const ended = hall ? await hall.resume(input).catch(() => server.resume(input)) : await server.resume(input);
      if (hall) this.#record(() => server.resume({ ...what, number: ended.number }));
      this.#failure = null;
      this.#told = ended;
    } catch (thrown) {
      this.#failure = toFailure(thrown);
    }
    this.#changed();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelAgain?.();
    this.#listeners.clear();
  }

  #tell(): void {
    this.#cancelAgain?.();
    this.#telling ??= this.#tellOnce(this.#own).then((isTold) => {
      this.#telling = undefined;
      if (this.#isClosed || !isAny(this.#own)) return;
      if (isTold) this.#tell();
      else this.#cancelAgain = this.#parts.clock.after(TELL_AGAIN_MS, () => this.#tell());
    });
  }

  async #tellOnce(what: CutInput): Promise<boolean> {
    const told = await this.#ask(what);
    if (!told) return false;
    this.#told = told;
    // What was cut meanwhile is still to be told.
    this.#own = { picture: this.#own.picture && !what.picture, sound: this.#own.sound && !what.sound };
    this.#changed();
    return true;
  }

  /** @returns undefined where nobody answered */
  async #ask(what: CutInput): Promise<CutState | undefined> {
    const { hall, server, clock } = this.#parts;
    const noAnswer = () => undefined;
    if (!hall) return await server.cut(what).catch(noAnswer);
    const byHall = hall.cut(what).catch(noAnswer);
    const late = new Promise<undefined>((resolve) => clock.after(SLOW_MS, () => resolve(undefined)));
    const told = await Promise.race([byHall, late]);
    if (told) {
      this.#record(() => server.cut(what));
      return told;
    }
    const byServer = server.cut(what).catch(noAnswer);
    this.#recording = Promise.all([byHall, byServer].map(async (asked) => this.#learn(await asked)));
    return (await Promise.race([byHall, byServer])) ?? (await byServer) ?? (await byHall);
  }

  /** The hall has done it; the server writes it down, where it can be reached, and its number counts on. */
  #record(ask: () => Promise<CutState>): void {
    this.#recording = ask().then(
      (told) => this.#learn(told),
      () => undefined,
    );
  }

  #learn(told: CutState | undefined): void {
    if (!told || told.number <= this.#told.number) return;
    this.#told = told;
    this.#changed();
  }

  #changed(): void {
    const cut = both(both(this.#told, this.#own), this.#untold);
    const isUntold = isAny(this.#own) || isAny(this.#untold);
    this.#state = { number: this.#told.number, cut, isUntold, failure: this.#failure };
    this.#parts.hold(cut);
    for (const listener of this.#listeners) listener();
  }
}
