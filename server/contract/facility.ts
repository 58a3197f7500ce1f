import { z } from 'zod';
import { Id } from './primitives.ts';

/** Four levels of China's tiered care that take part. */
export const FacilityTier = z.enum(['province', 'city', 'county', 'township']);
export type FacilityTier = z.infer<typeof FacilityTier>;

export const FacilityView = z.object({ facilityId: Id, name: z.string(), tier: FacilityTier });
export type FacilityView = z.infer<typeof FacilityView>;

/** A facility that the caller's own has a valid agreement with, and the specialties it answers for. */
export const PartnerView = FacilityView.extend({ specialties: z.array(z.string()) });
export type PartnerView = z.infer<typeof PartnerView>;
