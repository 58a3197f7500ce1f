import type { MaterialView } from '../contract/index.ts';
import type { CasePatient } from '../formats/dicom/same-patient.ts';
import type { FieldSeal } from '../patients/seal.ts';
import type { Logger } from '../runtime/log.ts';
import type { Notify } from '../store/notify.ts';
import type { Stores, Work } from '../store/stores.ts';
import type { ClosingParts } from './closing.ts';

/** What is attached to a case, as its folder shows it. */
export interface CaseMaterials {
  /** In the order they were added. @param patient the case's, whom the files should name. */
  list(
    stores: Pick<Stores, 'studies' | 'materials'>,
    consultationId: string,
    patient: CasePatient,
  ): Promise<MaterialView[]>;
}

export interface ConsultationParts extends ClosingParts {
  work: Work;
  clock: () => Date;
  notify: Notify;
  log: Logger;
  seal: FieldSeal;
  materials: CaseMaterials;
}
