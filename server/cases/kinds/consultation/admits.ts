import type { Admission } from '../kind.ts';

/** The invited hospital's specialists as long as nobody has accepted, and the coordinators of both. */
export const consultationAdmits: readonly Admission[] = [
  { basis: 'duty-pool', side: 'invited', roles: ['specialist'], when: 'untaken' },
  { basis: 'coordination', side: 'home', roles: ['coordinator'] },
  { basis: 'coordination', side: 'invited', roles: ['coordinator'] },
];
