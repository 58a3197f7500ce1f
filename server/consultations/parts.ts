import type { MaterialView } from '../contract/index.ts';
import type { CasePatient } from '../imaging/same-patient.ts';
import type { Notify } from '../notify.ts';
import type { FieldSeal } from '../patients/seal.ts';
import type { Logger } from '../runtime/log.ts';
import type { Stores, Work } from '../stores.ts';
import type { ClosingParts } from './closing.ts';

/** What is attached to a case, as its folder shows it. */
export interface CaseMaterials {
  /** In the order they were added. @param patient the case's, whom the files should name. */
  list(stores: Stores, consultationId: string, patient: CasePatient): Promise<MaterialView[]>;
}

export interface ConsultationParts extends ClosingParts {
  work: Work;
  clock: () => Date;
  notify: Notify;
  log: Logger;
  seal: FieldSeal;
  materials: CaseMaterials;
}
