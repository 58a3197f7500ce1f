import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { confirmMachine } from './confirm-use-case.ts';
import { listMachines, type MachineParts, makeMachine, readMachineHistory, revokeMachine } from './use-cases.ts';

type MachineRoutes = 'machines:list' | 'machine:make' | 'machine:confirm' | 'machine:history' | 'machine:revoke';

export function machineRoutes(parts: MachineParts & { clock: () => Date }): Pick<RouteHandlers, MachineRoutes> {
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  return {
    'machines:list': (call) => listMachines(parts, asked(call)),
    'machine:make': (call) => makeMachine(parts, asked(call), call.body),
    'machine:confirm': (call) => confirmMachine(parts, asked(call), call.params.machineId),
    'machine:history': (call) => readMachineHistory(parts, asked(call), call.params.machineId, call.query),
    'machine:revoke': (call) => revokeMachine(parts, asked(call), call.params.machineId),
  };
}
