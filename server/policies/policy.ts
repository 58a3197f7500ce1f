import { MIN_PASSWORD_LENGTH, type PolicyName, type PolicyValues } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import type { StoredPolicy } from './store.ts';

/** As long as nobody has set one. */
const UNSET: PolicyValues = {
  'second-factor': { required: [], signingMinutes: null },
  sessions: { idleMinutes: null, hours: null },
  passwords: { minLength: MIN_PASSWORD_LENGTH, attempts: 5 },
};

/** The policy that holds now; version 0: as it was before anybody set it. */
export async function findPolicy<Name extends PolicyName>(
  { policies }: Pick<Stores, 'policies'>,
  name: Name,
): Promise<StoredPolicy<Name>> {
  return (await policies.find(name)) ?? { version: 0, value: UNSET[name] };
}

/** How long a browser's session lasts. */
export interface SessionLimits {
  /** Without use. */
  idleMs: number;
  /** In any case. */
  absoluteMs: number;
}

/**
 * What holds at this moment, read anew for every request: a change reaches open sessions, and other servers, at once.
 * @param bounds of the server's environment: where no policy says anything, and the most that one gives.
 */
export async function findSessionLimits(
  stores: Pick<Stores, 'policies'>,
  bounds: SessionLimits,
): Promise<SessionLimits> {
  const { idleMinutes, hours } = (await findPolicy(stores, 'sessions')).value;
  return {
    idleMs: Math.min(bounds.idleMs, idleMinutes === null ? bounds.idleMs : idleMinutes * 60_000),
    absoluteMs: Math.min(bounds.absoluteMs, hours === null ? bounds.absoluteMs : hours * 3_600_000),
  };
}
