import { Audit1700000000001 } from './0001-audit.ts';
import { Accounts1700000000002 } from './0002-accounts.ts';
import { Consultations1700000000010 } from './0010-consultations.ts';
import { Reports1700000000011 } from './0011-reports.ts';
import { Review1700000000012 } from './0012-review.ts';
import { Chat1700000000013 } from './0013-chat.ts';
import { Studies1700000000020 } from './0020-studies.ts';
import { PictureKinds1700000000021 } from './0021-picture-kinds.ts';
import { AnnotationActs1700000000035 } from './0035-annotation-acts.ts';
import { Documents1700000000040 } from './0040-documents.ts';
import { InstancePatients1700000000045 } from './0045-instance-patients.ts';
import { ServiceForms1700000000050 } from './0050-service-forms.ts';
import { ReportVersions1700000000051 } from './0051-report-versions.ts';
import { GrantEnds1700000000052 } from './0052-grant-ends.ts';
import { AccessChain1700000000060 } from './0060-access-chain.ts';
import { SignInAttempts1700000000061 } from './0061-sign-in-attempts.ts';
import { DraftKeys1700000000065 } from './0065-draft-keys.ts';
import { WorkList1700000000066 } from './0066-work-list.ts';
import { Notices1700000000067 } from './0067-notices.ts';
import { SealedArchive1700000000075 } from './0075-sealed-archive.ts';
import { ForgetClearText1700000000076 } from './0076-forget-clear-text.ts';
import { AccountLockoutColumns1700000000077 } from './0077-account-lockout-columns.ts';
import { CaseKinds1700000000080 } from './0080-case-kinds.ts';
import { AccountAdministration1700000000090 } from './0090-account-administration.ts';
import { OneTimeLinks1700000000091 } from './0091-one-time-links.ts';
import { FormerSigningKeys1700000000092 } from './0092-former-signing-keys.ts';
import { AttemptsOfALogin1700000000093 } from './0093-attempts-of-a-login.ts';
import { DemoAccounts1700000000094 } from './0094-demo-accounts.ts';
import { FacilityTree1700000000095 } from './0095-facility-tree.ts';
import { AgreementTerms1700000000096 } from './0096-agreement-terms.ts';
import { Alliances1700000000097 } from './0097-alliances.ts';
import { NoticesOfAgreements1700000000098 } from './0098-notices-of-agreements.ts';
import { SecondFactors1700000000100 } from './0100-second-factors.ts';
import { FactorPolicy1700000000101 } from './0101-factor-policy.ts';
import { PatientRegister1700000000110 } from './0110-patient-register.ts';
import { AccessesOfASubject1700000000111 } from './0111-accesses-of-a-subject.ts';
import { PatientMerges1700000000112 } from './0112-patient-merges.ts';
import { Imports1700000000120 } from './0120-imports.ts';
import { SecurityKeys1700000000130 } from './0130-security-keys.ts';
import { Machines1700000000131 } from './0131-machines.ts';
import { PatientGuardians1700000000150 } from './0150-patient-guardians.ts';
import { Consents1700000000151 } from './0151-consents.ts';
import { Appointments1700000000160 } from './0160-appointments.ts';
import { CallsOfSessions1700000000161 } from './0161-calls-of-sessions.ts';
import { Practitioners1700000000170 } from './0170-practitioners.ts';
import { HandOvers1700000000171 } from './0171-hand-overs.ts';
import { Policies1700000000180 } from './0180-policies.ts';
import { NoticesOfProposals1700000000181 } from './0181-notices-of-proposals.ts';
import { ConfirmedMachines1700000000182 } from './0182-confirmed-machines.ts';
import { NoticesOfMachines1700000000183 } from './0183-notices-of-machines.ts';
import { AttemptsOfAccounts1700000000184 } from './0184-attempts-of-accounts.ts';
import { MakersOfLinks1700000000185 } from './0185-makers-of-links.ts';
import { RolesOfActs1700000000186 } from './0186-roles-of-acts.ts';
import { PeopleAtSize1700000000187 } from './0187-people-at-size.ts';
import { GrantsAtSize1700000000188 } from './0188-grants-at-size.ts';
import { LicencesAtSize1700000000189 } from './0189-licences-at-size.ts';
import { DiscoverableKeys1700000000192 } from './0192-discoverable-keys.ts';
import { SealedPhotographs1700000000193 } from './0193-sealed-photographs.ts';
import { Demonstrations1700000000200 } from './0200-demonstrations.ts';
import { NoticesOfDemonstrations1700000000201 } from './0201-notices-of-demonstrations.ts';
import { DemonstrationPresence1700000000202 } from './0202-demonstration-presence.ts';
import { DemonstrationHalls1700000000203 } from './0203-demonstration-halls.ts';
import { PresenceChecks1700000000204 } from './0204-presence-checks.ts';
import { Asking1700000000206 } from './0206-asking.ts';
import { Recordings1700000000209 } from './0209-recordings.ts';
import { SearchesAtSize1700000000212 } from './0212-searches-at-size.ts';
import { LicencesOfAccounts1700000000213 } from './0213-licences-of-accounts.ts';
import { FieldKey1700000000214 } from './0214-field-key.ts';
import { Showings1700000000220 } from './0220-showings.ts';
import { DemonstrationStills1700000000221 } from './0221-demonstration-stills.ts';
import { VersionsOfShowings1700000000222 } from './0222-versions-of-showings.ts';
import { UntoldCuts1700000000240 } from './0240-untold-cuts.ts';
import { PhoneCameras1700000000241 } from './0241-phone-cameras.ts';
import { QuestionsOfReplays1700000000250 } from './0250-questions-of-replays.ts';
import { MaskedParts1700000000251 } from './0251-masked-parts.ts';
import { DemonstrationCredits1700000000270 } from './0270-demonstration-credits.ts';

/** In the order they run. A migration that has landed is never changed, only followed by another. */
export const migrations = [
  Audit1700000000001,
  Accounts1700000000002,
  Consultations1700000000010,
  Reports1700000000011,
  Review1700000000012,
  Chat1700000000013,
  Studies1700000000020,
  PictureKinds1700000000021,
  AnnotationActs1700000000035,
  Documents1700000000040,
  InstancePatients1700000000045,
  ServiceForms1700000000050,
  ReportVersions1700000000051,
  GrantEnds1700000000052,
  AccessChain1700000000060,
  SignInAttempts1700000000061,
  DraftKeys1700000000065,
  WorkList1700000000066,
  Notices1700000000067,
  SealedArchive1700000000075,
  ForgetClearText1700000000076,
  AccountLockoutColumns1700000000077,
  CaseKinds1700000000080,
  AccountAdministration1700000000090,
  OneTimeLinks1700000000091,
  FormerSigningKeys1700000000092,
  AttemptsOfALogin1700000000093,
  DemoAccounts1700000000094,
  FacilityTree1700000000095,
  AgreementTerms1700000000096,
  Alliances1700000000097,
  NoticesOfAgreements1700000000098,
  SecondFactors1700000000100,
  FactorPolicy1700000000101,
  PatientRegister1700000000110,
  AccessesOfASubject1700000000111,
  PatientMerges1700000000112,
  Imports1700000000120,
  SecurityKeys1700000000130,
  Machines1700000000131,
  PatientGuardians1700000000150,
  Consents1700000000151,
  Appointments1700000000160,
  CallsOfSessions1700000000161,
  Practitioners1700000000170,
  HandOvers1700000000171,
  Policies1700000000180,
  NoticesOfProposals1700000000181,
  ConfirmedMachines1700000000182,
  NoticesOfMachines1700000000183,
  AttemptsOfAccounts1700000000184,
  MakersOfLinks1700000000185,
  RolesOfActs1700000000186,
  PeopleAtSize1700000000187,
  GrantsAtSize1700000000188,
  LicencesAtSize1700000000189,
  DiscoverableKeys1700000000192,
  SealedPhotographs1700000000193,
  Demonstrations1700000000200,
  NoticesOfDemonstrations1700000000201,
  DemonstrationPresence1700000000202,
  DemonstrationHalls1700000000203,
  PresenceChecks1700000000204,
  Asking1700000000206,
  Recordings1700000000209,
  SearchesAtSize1700000000212,
  LicencesOfAccounts1700000000213,
  FieldKey1700000000214,
  Showings1700000000220,
  DemonstrationStills1700000000221,
  VersionsOfShowings1700000000222,
  UntoldCuts1700000000240,
  PhoneCameras1700000000241,
  QuestionsOfReplays1700000000250,
  MaskedParts1700000000251,
  DemonstrationCredits1700000000270,
];
