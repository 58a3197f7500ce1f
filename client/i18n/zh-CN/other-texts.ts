import { accountSecurity } from './account-security.ts';
import { accounts } from './accounts.ts';
import { administration } from './administration.ts';
import { appointments } from './appointments.ts';
import { audit } from './audit.ts';
import { call } from './call.ts';
import { caseTexts } from './case.ts';
import { chat } from './chat.ts';
import { consents } from './consents.ts';
import { asking } from './demonstration-asking.ts';
import { credits } from './demonstration-credits.ts';
import { demonstrationHall } from './demonstration-hall.ts';
import { replay } from './demonstration-replay.ts';
import { theatre } from './demonstration-theatre.ts';
import { demonstrations } from './demonstrations.ts';
import { documents } from './documents.ts';
import { ecg } from './ecg.ts';
import { imaging } from './imaging.ts';
import { imports } from './imports.ts';
import { machines } from './machines.ts';
import { newCase } from './new-case.ts';
import { opinion } from './opinion.ts';
import { pathology } from './pathology.ts';
import { patient } from './patient.ts';
import { patients } from './patients.ts';
import { policies } from './policies.ts';
import { report } from './report.ts';
import { review } from './review.ts';
import { room } from './room.ts';
import { showing } from './showing.ts';
import { specialties } from './specialties.ts';
import { uploads } from './uploads.ts';
import { workList } from './work-list.ts';

/** All else. One namespace an area of the client; each area’s file belongs to whoever writes that area. */
export const otherTexts = {
  workList,
  case: caseTexts,
  accounts,
  accountSecurity,
  appointments,
  audit,
  administration,
  imports,
  machines,
  newCase,
  uploads,
  call,
  room,
  chat,
  consents,
  demonstrations,
  asking,
  theatre,
  demonstrationHall,
  credits,
  replay,
  showing,
  review,
  imaging,
  ecg,
  pathology,
  documents,
  opinion,
  patient,
  patients,
  policies,
  report,
  specialties,
};
