import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { CutOrder } from '../../../sfu/contract/cut-order.ts';
import type { SfuControl } from '../../../sfu/control.ts';
import type { CutState } from '../../contract/index.ts';
import type { Demonstration } from '../demonstration.ts';
import type { DemonstrationParts } from '../parts.ts';
import { tellCut } from './tell.ts';

export interface UntoldCutParts extends Pick<DemonstrationParts, 'work' | 'clock' | 'notify' | 'log'> {
  sfu: Pick<SfuControl, 'cutHall'>;
}

/**
 * Tells the sfu what was cut while it did not answer. That adds to whatever was cut in the hall meanwhile, however it was counted there.
 * @throws Failure unavailable where the sfu does not answer: it is still to be told
 */
export async function tellUntoldCut(parts: UntoldCutParts, demonstration: Demonstration): Promise<void> {
  const { work, sfu } = parts;
  const { demonstrationId } = demonstration;
  const { cut: stored, untoldCut } = await work.read.halls.find(demonstrationId);
  if (!untoldCut) return;
  const cut = newestOf(stored, await sfu.cutHall(demonstrationId, untoldCut));
  const isKept = await work.write(async (stores) => {
    await stores.demonstrations.findForUpdate(demonstrationId);
    const now = await stores.halls.find(demonstrationId);
    // Another server, or somebody's act, was faster: what is still untold is told the next time.
    if (!isDeepStrictEqual([now.cut, now.untoldCut], [stored, untoldCut])) return false;
    await stores.halls.putCut(demonstrationId, cut, null);
    return true;
  });
  if (isKept) await tellCut(parts, demonstration, { cut, untoldCut: null });
}

/** Of two orders at once the later one may be written first. An sfu that was started anew counts from the beginning: what was cut stays so. */
export function newestOf(stored: CutState, ordered: CutState): CutState {
  if (ordered.number >= stored.number) return ordered;
  return { ...stored, picture: stored.picture || ordered.picture, sound: stored.sound || ordered.sound };
}

/**
 * What is still to be told, with one more order: under another id than before, since that may have been counted, and ended, without an answer.
 * @returns besides whether it adds anything
 */
export function withUntold(untold: CutOrder | null, order: CutOrder): { untoldCut: CutOrder; isMore: boolean } {
  if (!untold) return { untoldCut: order, isMore: true };
  const all = { picture: untold.picture || order.picture, sound: untold.sound || order.sound };
  const isMore = all.picture !== untold.picture || all.sound !== untold.sound;
  const isAll = all.picture === order.picture && all.sound === order.sound;
  return { untoldCut: isAll ? order : { ...all, orderId: randomUUID() }, isMore };
}
