import type { Asked } from '../access/asked.ts';
import type { ConsentCircumstances, ConsultationView, MaterialView } from '../contract/index.ts';
import type { CasePatient } from '../formats/dicom/same-patient.ts';
import type { FieldSeal } from '../patients/seal.ts';
import type { Logger } from '../runtime/log.ts';
import type { Notify } from '../store/notify.ts';
import type { Stores, Work } from '../store/stores.ts';
import type { ClosingParts } from './closing.ts';
import type { Consultation } from './consultation.ts';

/** What is attached to a case, as its folder shows it. */
export interface CaseMaterials {
  /** In the order they were added. @param patient the case's, whom the files should name. */
  list(
    stores: Pick<Stores, 'studies' | 'materials'>,
    consultationId: string,
    patient: CasePatient,
  ): Promise<MaterialView[]>;
}

/** What the patient consents to. */
export interface CaseConsents {
  /**
   * Makes a record of the consent that was typed with the application.
   * @throws Failure conflict / consent-missing where there is none to the consultation then.
   */
  take(
    stores: Pick<Stores, 'audit' | 'consents'>,
    asked: Asked,
    consultation: Consultation,
    circumstances: ConsentCircumstances,
  ): Promise<void>;
  view(
    stores: Pick<Stores, 'accounts' | 'consents' | 'facilities'>,
    consultationId: string,
  ): Promise<Pick<ConsultationView, 'consents' | 'consentedScopes'>>;
}

export interface ConsultationParts extends ClosingParts {
  work: Work;
  clock: () => Date;
  notify: Notify;
  log: Logger;
  seal: FieldSeal;
  materials: CaseMaterials;
  consents: CaseConsents;
}
