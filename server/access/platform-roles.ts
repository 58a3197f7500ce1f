import { Failure, type Role } from '../contract/index.ts';
import type { CallerRole } from './caller.ts';

/*
 * The three offices that GB/T 22239-2019 (等保 2.0) sections 8.1.5.1 to 8.1.5.3 and 8.1.7.1 keep apart: system, security, audit.
 * Each one's acts are seen by another, and none of them sees clinical data.
 */

export const PLATFORM_ROLES = ['admin', 'security-admin', 'auditor'] as const satisfies readonly Role[];
export type PlatformRole = (typeof PLATFORM_ROLES)[number];

export function isPlatformRole(role: CallerRole): role is PlatformRole {
  return (PLATFORM_ROLES as readonly CallerRole[]).includes(role);
}

/**
 * Nobody holds two of the three, and whoever holds one of them does nothing else.
 * @param roles all that one person would hold. @throws Failure conflict / roles-not-apart
 */
export function requireRolesApart(roles: readonly Role[]): void {
  const held = new Set(roles);
  if (held.size > 1 && [...held].some(isPlatformRole))
    throw new Failure('conflict', 'an administrator of the platform holds no other role', {
      reason: 'roles-not-apart',
    });
}
