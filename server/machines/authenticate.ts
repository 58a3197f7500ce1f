import type { Request } from 'express';
import type { Caller } from '../access/caller.ts';
import { requireScope } from '../access/machines.ts';
import { Failure } from '../contract/index.ts';
import { createRateLimit } from '../runtime/rate-limit.ts';
import type { Work } from '../store/stores.ts';
import { hashToken, isMachineToken, machineState } from './machine.ts';

export interface MachineAuthenticateParts {
  work: Work<'facilities' | 'machines'>;
  clock: () => Date;
  /** Everybody else. */
  authenticate: (request: Request) => Promise<Caller>;
}

/** How stale `usedAt` may be: a machine at work writes at most this often. */
const NOTE_MS = 60_000;
/** A modality sends thousands of images in a row; a machine that runs wild does not stay below. */
const REQUESTS_PER_MACHINE = { burst: 6_000, perMinute: 6_000 };
/** An address that sends tokens which open nothing. */
const REFUSALS_PER_ADDRESS = { burst: 40, perMinute: 40 };

/**
 * Who is asking, where machines may too: nowhere else is a machine's token looked up, neither by other routes nor by the socket.
 * @throws Failure unauthenticated, reason machine-expired where it was good once; forbidden / machine-scope or machine-unconfirmed; rate-limited
 */
export function createMachineAuthenticate({
  work,
  clock,
  authenticate,
}: MachineAuthenticateParts): (request: Request) => Promise<Caller> {
  const perMachine = createRateLimit(REQUESTS_PER_MACHINE);
  const refused = createRateLimit(REFUSALS_PER_ADDRESS);
  return async (request) => {
    const token = /^Bearer ([\w-]+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined || !isMachineToken(token)) return authenticate(request);
    const machine = await work.read.machines.findByHash(hashToken(token));
    const facility = machine && (await work.read.facilities.find(machine.facilityId));
    const at = clock();
    const state = machine && machineState(machine, facility?.status === 'active', at);
    if (!machine || !facility || state !== 'active') {
      refused.take(request.ip ?? '');
      if (state === 'unconfirmed' || state === 'lapsed')
        throw new Failure('forbidden', `nobody has confirmed the token: ${state}`, { reason: 'machine-unconfirmed' });
      throw new Failure('unauthenticated', `no such token, or it is good no more: ${state ?? 'unknown'}`, {
        ...(state === 'expired' ? { reason: 'machine-expired' } : {}),
      });
    }
    const { machineId, name, facilityId, scopes, usedAt } = machine;
    perMachine.take(machineId);
    const caller: Caller = {
      accountId: machineId,
      name,
      appointmentId: machineId,
      role: 'machine',
      facilityId,
      facilityName: facility.name,
      specialty: null,
      // Of people alone: a machine practises nothing.
      licence: 'unrecorded',
      sessionId: machineId,
      scopes,
    };
    requireScope(caller, request.method);
    if (usedAt === null || at.getTime() - Date.parse(usedAt) > NOTE_MS)
      await work.write((stores) => stores.machines.noteUse(machineId, at.toISOString()));
    return caller;
  };
}
