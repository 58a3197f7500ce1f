import type { Machine } from './machine.ts';

export interface MachineStore {
  insert(machine: Machine): Promise<void>;
  find(machineId: string): Promise<Machine | undefined>;
  findMany(machineIds: readonly string[]): Promise<Machine[]>;
  findByHash(secretHash: string): Promise<Machine | undefined>;
  /** The newest first. @param facilityIds those whose machines are asked for */
  list(facilityIds: 'all' | readonly string[]): Promise<Machine[]>;
  noteUse(machineId: string, usedAt: string): Promise<void>;
  /** @returns whether it was not confirmed before. */
  confirm(machineId: string, by: { confirmedAt: string; confirmedBy: string }): Promise<boolean>;
  /** @returns whether it was not revoked before: of two at once one did it. */
  revoke(machineId: string, by: { revokedAt: string; revokedBy: string }): Promise<boolean>;
}
