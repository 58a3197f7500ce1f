import type { FieldSeal } from '../patients/seal.ts';
import type { Work } from '../store/stores.ts';

export interface RegisterParts {
  work: Work<'accounts' | 'audit' | 'calls' | 'consents' | 'consultations' | 'facilities' | 'patients'>;
  seal: FieldSeal;
  clock: () => Date;
}
