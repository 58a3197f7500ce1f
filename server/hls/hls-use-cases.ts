import { setTimeout as delay } from 'node:timers/promises';
import type { HlsState } from '../../sfu/contract/hls.ts';
import type { SfuControl } from '../../sfu/control.ts';
import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { Failure } from '../contract/index.ts';
import type { Demonstration } from '../demonstrations/demonstration.ts';
import { getDemonstrationFor } from '../demonstrations/demonstration-access.ts';
import { requireInHall } from '../demonstrations/hall/hall-standing.ts';
import { seatIn } from '../demonstrations/hall/seats.ts';
import type { DemonstrationParts } from '../demonstrations/parts.ts';
import { ACTS } from '../demonstrations/rules/rules.ts';

export interface HlsParts extends DemonstrationParts {
  sfu: Pick<SfuControl, 'orderStream' | 'takeStreamBack' | 'readFragment'>;
}

/** Whoever is given the playlist of a hall, and pieces of it. */
export interface Hls {
  /**
   * Waits for a player's first fragments. One that names what it is `playing` hears at once where that was taken back.
   * @throws Failure not-found, forbidden; unavailable where nothing is there to be shown within some seconds
   */
  readPlaylist(asked: Asked, demonstrationId: string, playing?: string): Promise<HlsState>;
  /** By the theatre: its masks have changed. @throws Failure not-found, forbidden, conflict */
  takeBack(asked: Asked, demonstrationId: string): Promise<void>;
  /** @throws Failure not-found where there is no such fragment, or none any more */
  readFragment(asked: Asked, demonstrationId: string, name: string): Promise<Uint8Array>;
  /** Whether the caller may have a copy of it now, which the sfu still has. @throws Failure as the reading itself */
  requireFragment(asked: Asked, demonstrationId: string, name: string): Promise<void>;
}

/** A thousand watchers are one question to the sfu. So long, too, a proxy's copy outlives a cut: it is to be gone within 300 ms. */
const ONE_ANSWER_MS = 150;
/** The first fragments take some seconds. */
const WAIT_MS = 12_000;
const LOOK_AGAIN_MS = 400;
/** What has to be installed first is not there in a moment. */
const NEVER_S = 60;
/** A player begins with less at once only to stop again. */
const LEAST_FRAGMENTS = 2;
/** A window that asks no more for so long has gone; its next visit is an act of its own. */
const ONE_VISIT_MS = 10 * 60_000;
const KEPT_VISITS = 20_000;

/** Each is asked for by the person's right of that moment: a right to be in the hall is one to see this. */
export function createHls(parts: HlsParts): Hls {
  const { work, sfu } = parts;
  const said = new Map<string, { atMs: number; since: string | null; state: Promise<HlsState | null> }>();
  const noteVisit = createVisits(parts);

  function ask({ demonstrationId, beganAt: since }: Demonstration): Promise<HlsState | null> {
    const nowMs = Date.now();
    const last = said.get(demonstrationId);
    if (last?.since === since && nowMs - last.atMs < ONE_ANSWER_MS) return last.state;
    for (const [other, { atMs }] of said) if (nowMs - atMs > WAIT_MS) said.delete(other);
    const state = work.read.halls
      .find(demonstrationId)
      .then(({ program }) => sfu.orderStream(demonstrationId, { program, since }));
    said.set(demonstrationId, { atMs: nowMs, since, state });
    return state;
  }
  const requireIn = ({ caller, at }: Asked, demonstrationId: string) =>
    requireInHall(work.read, caller, demonstrationId, at);
  async function readFragment(asked: Asked, demonstrationId: string, name: string): Promise<Uint8Array> {
    await requireIn(asked, demonstrationId);
    const bytes = await sfu.readFragment(demonstrationId, name);
    if (!bytes) throw new Failure('not-found', 'no such fragment, or none any more');
    return bytes;
  }

  return {
    async readPlaylist(asked, demonstrationId, playing) {
      const demonstration = await requireIn(asked, demonstrationId);
      await noteVisit(asked, demonstrationId);
      for (const endMs = Date.now() + WAIT_MS; Date.now() < endMs; await delay(LOOK_AGAIN_MS)) {
        const state = await ask(demonstration);
        if (!state) break;
        if (state.fault)
          throw new Failure('unavailable', state.fault, { reason: 'media-failed', retryAfterS: NEVER_S });
        const isTakenBack = playing !== undefined && playing !== state.initName;
        if (isTakenBack || (state.initName && state.fragments.length >= LEAST_FRAGMENTS)) return state;
      }
      throw new Failure('unavailable', 'nothing to be shown yet', { retryAfterS: 2 });
    },
    async takeBack({ caller, at }, demonstrationId) {
      const action = 'join-hall';
      const { standing } = await getDemonstrationFor(parts, work.read, caller, demonstrationId, action, { at });
      if (seatIn(standing) !== 'theatre') throw new Failure('forbidden', 'the masks are those of the theatre');
      await parts.sfu.takeStreamBack(demonstrationId);
      said.delete(demonstrationId);
    },
    readFragment,
    async requireFragment(asked, demonstrationId, name) {
      const state = await ask(await requireIn(asked, demonstrationId));
      if (!state || !isThere(name, state)) throw new Failure('not-found', 'no such fragment, or none any more');
    },
  };
}

/** Of the same stream, and not too old. Of what is not there yet a proxy has no copy either. */
function isThere(name: string, { initName, oldestNumber }: HlsState): boolean {
  const [stream, rest = ''] = name.split('-');
  return name === initName || (stream === initName?.split('-')[0] && Number.parseInt(rest, 10) >= oldestNumber);
}

/** Whoever comes in this way leaves an act in the trail, once a visit, as whoever enters the hall does. */
function createVisits({ work }: HlsParts): (asked: Asked, demonstrationId: string) => Promise<void> {
  const visits = new Map<string, number>();
  return async (asked, demonstrationId) => {
    const { caller, at } = asked;
    const key = [caller.accountId, caller.facilityId, demonstrationId].join(' ');
    const seenAtMs = visits.get(key);
    visits.delete(key);
    visits.set(key, at.getTime());
    for (const oldest of visits.keys()) {
      if (visits.size <= KEPT_VISITS) break;
      visits.delete(oldest);
    }
    if (seenAtMs !== undefined && at.getTime() - seenAtMs < ONE_VISIT_MS) return;
    try {
      await work.write((stores) =>
        recordAct(stores.audit, asked, {
          action: ACTS['join-hall'].recorded ?? 'join-hall',
          subjectKind: 'demonstration',
          subjectId: demonstrationId,
          detail: { way: 'hls' },
        }),
      );
    } catch (error) {
      visits.delete(key);
      throw error;
    }
  };
}
