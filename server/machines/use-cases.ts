import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { mayRevokeMachine, requireMakingMachine, requireRevokingMachine } from '../access/machines.ts';
import { requirePermission } from '../access/may.ts';
import { type Remit, remitOf } from '../access/people.ts';
import { findPeople } from '../accounts/person.ts';
import { recordAct } from '../audit/record.ts';
import { Failure, type MachineView, type MadeMachine, type NewMachineInput } from '../contract/index.ts';
import type { Stores, Work } from '../store/stores.ts';
import { hashToken, type Machine, machineState, makeToken } from './machine.ts';

export interface MachineParts {
  work: Work<'accounts' | 'audit' | 'facilities' | 'machines'>;
}

const DAY_MS = 86_400_000;

async function findRemit({ work }: MachineParts, { caller }: Asked): Promise<Remit> {
  return remitOf(caller, await work.read.facilities.listNodes());
}

/** The programs of the facilities that the caller administers, the newest first. */
export async function listMachines(parts: MachineParts, asked: Asked): Promise<MachineView[]> {
  requirePermission(asked.caller, 'account:manage');
  const remit = await findRemit(parts, asked);
  return viewMachines(parts.work.read, asked, remit, await parts.work.read.machines.list(remit));
}

/** @throws Failure as `requireMakingMachine`, conflict / facility-closed */
export async function makeMachine(parts: MachineParts, asked: Asked, input: NewMachineInput): Promise<MadeMachine> {
  const { caller, at } = asked;
  const remit = await findRemit(parts, asked);
  requireMakingMachine(caller, remit, input.facilityId);
  const token = makeToken();
  const { facilityId, name, days } = input;
  const machine: Machine = {
    machineId: randomUUID(),
    facilityId,
    name,
    scopes: [...new Set(input.scopes)],
    secretHash: hashToken(token),
    madeAt: at.toISOString(),
    madeBy: caller.accountId,
    expiresAt: new Date(at.getTime() + days * DAY_MS).toISOString(),
    usedAt: null,
    revokedAt: null,
    revokedBy: null,
  };
  const [view] = await parts.work.write(async (stores) => {
    const { machineId, scopes, expiresAt } = machine;
    await recordAct(stores.audit, asked, {
      action: 'machine:make',
      subjectKind: 'machine',
      subjectId: machineId,
      detail: { facilityId, scopes, expiresAt },
    });
    const facility = await stores.facilities.find(facilityId);
    if (!facility) throw new Failure('not-found', 'no such facility');
    if (facility.status !== 'active')
      throw new Failure('conflict', 'the facility is closed', { reason: 'facility-closed' });
    await stores.machines.insert(machine);
    return viewMachines(stores, asked, remit, [machine]);
  });
  if (!view) throw new Error('a program was made and is not there');
  return { machine: view, token };
}

/** From the next request on it opens nothing. @throws Failure as `requireRevokingMachine` */
export async function revokeMachine(parts: MachineParts, asked: Asked, machineId: string): Promise<MachineView> {
  const remit = await findRemit(parts, asked);
  requireRevokingMachine(remit, await parts.work.read.machines.find(machineId));
  const [view] = await parts.work.write(async (stores) => {
    await recordAct(stores.audit, asked, { action: 'machine:revoke', subjectKind: 'machine', subjectId: machineId });
    const by = { revokedAt: asked.at.toISOString(), revokedBy: asked.caller.accountId };
    // Of two at once the second waits at the head of the chain, and sees what the first has done.
    const machine = await stores.machines.find(machineId);
    requireRevokingMachine(remit, machine);
    await stores.machines.revoke(machineId, by);
    return viewMachines(stores, asked, remit, [{ ...machine, ...by }]);
  });
  if (!view) throw new Failure('not-found', 'no such program');
  return view;
}

async function viewMachines(
  stores: Pick<Stores, 'accounts' | 'facilities'>,
  { at }: Asked,
  remit: Remit,
  machines: readonly Machine[],
): Promise<MachineView[]> {
  const people = await findPeople(
    stores,
    machines.flatMap(({ madeBy, revokedBy }) => [madeBy, ...(revokedBy === null ? [] : [revokedBy])]),
  );
  const facilities = await stores.facilities.findMany([...new Set(machines.map(({ facilityId }) => facilityId))]);
  return machines.map((machine) => {
    const { secretHash: _, madeBy, revokedBy, ...shown } = machine;
    const facility = facilities.find(({ facilityId }) => facilityId === machine.facilityId);
    return {
      ...shown,
      facilityName: facility?.name ?? '',
      madeBy: people.get(madeBy)?.name ?? '',
      revokedBy: revokedBy === null ? null : (people.get(revokedBy)?.name ?? ''),
      state: machineState(machine, facility?.status === 'active', at),
      mayRevoke: mayRevokeMachine(remit, machine),
    };
  });
}

/** Programs as the audit names those who acted. */
export async function nameMachines(
  stores: Pick<Stores, 'facilities' | 'machines'>,
  machineIds: readonly string[],
): Promise<Map<string, { name: string; facilityName: string }>> {
  const machines = await stores.machines.findMany([...new Set(machineIds)]);
  const facilities = await stores.facilities.findMany([...new Set(machines.map(({ facilityId }) => facilityId))]);
  const names = new Map(facilities.map(({ facilityId, name }) => [facilityId, name]));
  return new Map(
    machines.map(({ machineId, name, facilityId }) => [machineId, { name, facilityName: names.get(facilityId) ?? '' }]),
  );
}
