import { Failure, type Permission } from '../contract/index.ts';
import type { Caller } from './caller.ts';
import { permissionsOf } from './may.ts';

/** @throws Failure forbidden where the caller's role does not carry the permission. */
export function requirePermission(caller: Caller, permission: Permission): void {
  if (!permissionsOf(caller).includes(permission)) throw new Failure('forbidden', `${permission} is not for this role`);
}
