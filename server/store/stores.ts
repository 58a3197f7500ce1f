import type { AttemptStore } from '../accounts/attempt-store.ts';
import type { OneTimeLinkStore } from '../accounts/one-time-link-store.ts';
import type { SecondFactorStore } from '../accounts/second-factor-store.ts';
import type { AccountStore } from '../accounts/store.ts';
import type { MaterialStore, StudyStore, UploadStore } from '../archive/store.ts';
import type { AskingStore } from '../asking/store.ts';
import type { AuditStore } from '../audit/store.ts';
import type { CallStore } from '../call/store.ts';
import type { ConsultationStore } from '../cases/store.ts';
import type { ChatStore } from '../chat/store.ts';
import type { ConsentStore } from '../consents/store.ts';
import type { PresenceCheckStore } from '../demonstrations/checks/store.ts';
import type { CreditStore } from '../demonstrations/credits/store.ts';
import type { HallStore } from '../demonstrations/hall/store.ts';
import type { PhoneCameraStore } from '../demonstrations/phones/store.ts';
import type { DemonstrationStore } from '../demonstrations/store.ts';
import type { FacilityStore } from '../facilities/store.ts';
import type { ImportStore } from '../imports/store.ts';
import type { MachineStore } from '../machines/store.ts';
import type { NoticeStore } from '../notices/store.ts';
import type { PatientStore } from '../patients/store.ts';
import type { PolicyStore } from '../policies/store.ts';
import type { PractitionerStore } from '../practitioners/store.ts';
import type { RecordingStore } from '../recordings/store.ts';
import type { ReportStore } from '../reports/store.ts';
import type { ReviewStore } from '../review/store.ts';
import type { ShowingStore } from '../showing/store.ts';

/** Every store, bound to one view of the database. A noun adds its store here and in `database/stores.ts`. */
export interface Stores {
  accounts: AccountStore;
  asking: AskingStore;
  attempts: AttemptStore;
  audit: AuditStore;
  calls: CallStore;
  chat: ChatStore;
  consents: ConsentStore;
  consultations: ConsultationStore;
  credits: CreditStore;
  demonstrations: DemonstrationStore;
  facilities: FacilityStore;
  halls: HallStore;
  imports: ImportStore;
  machines: MachineStore;
  notices: NoticeStore;
  oneTimeLinks: OneTimeLinkStore;
  patients: PatientStore;
  phoneCameras: PhoneCameraStore;
  presenceChecks: PresenceCheckStore;
  practitioners: PractitionerStore;
  policies: PolicyStore;
  recordings: RecordingStore;
  reports: ReportStore;
  review: ReviewStore;
  secondFactors: SecondFactorStore;
  showings: ShowingStore;
  studies: StudyStore;
  materials: MaterialStore;
  uploads: UploadStore;
}

/** The database as use cases see it, with those stores that they name. */
export interface Work<Name extends keyof Stores = keyof Stores> {
  /** The last committed state. */
  read: Pick<Stores, Name>;
  /**
   * One transaction: all of `work` happens or nothing does. All writes go through here.
   * Keep it short, and let no network call wait inside it.
   */
  write<T>(work: (stores: Pick<Stores, Name>) => Promise<T>): Promise<T>;
}
