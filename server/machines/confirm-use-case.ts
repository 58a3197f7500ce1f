import type { Asked } from '../access/asked.ts';
import { type Confirming, requireConfirmingMachine } from '../access/machines.ts';
import { recordAct } from '../audit/record.ts';
import { Failure, type MachineView } from '../contract/index.ts';
import { machineState } from './machine.ts';
import { findRemit, type MachineParts, viewMachines } from './use-cases.ts';

/**
 * From the next request on the token opens what its scopes say.
 * @throws Failure as `requireConfirmingMachine`
 */
export async function confirmMachine(parts: MachineParts, asked: Asked, machineId: string): Promise<MachineView> {
  const { caller, at } = asked;
  const remit = await findRemit(parts, asked);
  const [view] = await parts.work.write(async (stores) => {
    const found = await stores.machines.find(machineId);
    if (!found) throw new Failure('not-found', 'no such machine');
    const [own, maker] = [await stores.accounts.find(caller.accountId), await stores.accounts.find(found.madeBy)];
    const madeBy = { accountId: found.madeBy, isDemo: maker?.isDemo ?? false };
    const by: Confirming = { caller, remit, isDemo: own?.isDemo ?? false, madeBy };
    const facility = await stores.facilities.find(found.facilityId);
    const stateOf = (one: typeof found) => machineState(one, facility?.status === 'active', at);
    requireConfirmingMachine(by, found, stateOf(found));
    await recordAct(stores.audit, asked, { action: 'machine:confirm', subjectKind: 'machine', subjectId: machineId });
    // Of two at once, as of one who revokes it meanwhile, the second waits at the head of the chain, and sees what the first has done.
    const now = await stores.machines.find(machineId);
    if (!now) throw new Error('a machine is gone');
    requireConfirmingMachine(by, now, stateOf(now));
    const confirmed = { confirmedAt: at.toISOString(), confirmedBy: caller.accountId };
    await stores.machines.confirm(machineId, confirmed);
    return viewMachines(stores, asked, remit, [{ ...now, ...confirmed }]);
  });
  if (!view) throw new Error('a machine was confirmed and is not there');
  return view;
}
