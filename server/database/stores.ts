import type { EntityManager } from 'typeorm';
import type { FieldSeal } from '../patients/seal.ts';
import type { Stores } from '../store/stores.ts';
import { createOneTimeLinkStore } from './account/one-time-link-store.ts';
import { createSecondFactorStore } from './account/second-factor-store.ts';
import { createAccountStore } from './account/store.ts';
import { createAskingStore } from './asking/store.ts';
import { createAttemptStore } from './attempt/store.ts';
import { createAuditStore } from './audit/store.ts';
import { createCallStore } from './call/store.ts';
import { createChatStore } from './chat/store.ts';
import { createConsentStore } from './consent/store.ts';
import { createConsultationStore } from './consultation/store.ts';
import { createPresenceCheckStore } from './demonstration/check-store.ts';
import { createCreditStore } from './demonstration/credit-store.ts';
import { createHallStore } from './demonstration/hall-store.ts';
import { createPhoneCameraStore } from './demonstration/phone-camera-store.ts';
import { createDemonstrationStore } from './demonstration/store.ts';
import { createFacilityStore } from './facility/store.ts';
import { createImportStore } from './import/store.ts';
import { createMachineStore } from './machine/store.ts';
import { createNoticeStore } from './notice/store.ts';
import { createPatientStore } from './patient/store.ts';
import { createPolicyStore } from './policy/store.ts';
import { createPractitionerStore } from './practitioner/store.ts';
import { createRecordingStore } from './recording/store.ts';
import { createReportStore } from './report/store.ts';
import { createReviewStore } from './review/store.ts';
import { createShowingStore } from './showing/store.ts';
import { createMaterialStore } from './study/material-store.ts';
import { createStudyStore } from './study/store.ts';
import { createUploadStore } from './study/upload-store.ts';

/** All stores on one entity manager: a transaction's, or the reader's. */
export function createStores(manager: EntityManager, seal: FieldSeal): Stores {
  return {
    accounts: createAccountStore(manager),
    asking: createAskingStore(manager),
    attempts: createAttemptStore(manager),
    audit: createAuditStore(manager),
    calls: createCallStore(manager),
    chat: createChatStore(manager),
    consents: createConsentStore(manager),
    consultations: createConsultationStore(manager),
    credits: createCreditStore(manager),
    demonstrations: createDemonstrationStore(manager),
    facilities: createFacilityStore(manager),
    halls: createHallStore(manager),
    imports: createImportStore(manager),
    machines: createMachineStore(manager),
    notices: createNoticeStore(manager),
    oneTimeLinks: createOneTimeLinkStore(manager),
    patients: createPatientStore(manager),
    phoneCameras: createPhoneCameraStore(manager),
    presenceChecks: createPresenceCheckStore(manager),
    practitioners: createPractitionerStore(manager, seal),
    policies: createPolicyStore(manager),
    recordings: createRecordingStore(manager),
    reports: createReportStore(manager),
    review: createReviewStore(manager),
    secondFactors: createSecondFactorStore(manager, seal),
    showings: createShowingStore(manager),
    studies: createStudyStore(manager, seal),
    materials: createMaterialStore(manager, seal),
    uploads: createUploadStore(manager, seal),
  };
}
