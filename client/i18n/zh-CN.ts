import { accountSecurity } from './zh-CN/account-security.ts';
import { accounts } from './zh-CN/accounts.ts';
import { administration } from './zh-CN/administration.ts';
import { appointments } from './zh-CN/appointments.ts';
import { audit } from './zh-CN/audit.ts';
import { call } from './zh-CN/call.ts';
import { caseTexts } from './zh-CN/case.ts';
import { chat } from './zh-CN/chat.ts';
import { common } from './zh-CN/common.ts';
import { consents } from './zh-CN/consents.ts';
import { asking } from './zh-CN/demonstration-asking.ts';
import { demonstrationHall } from './zh-CN/demonstration-hall.ts';
import { replay } from './zh-CN/demonstration-replay.ts';
import { theatre } from './zh-CN/demonstration-theatre.ts';
import { demonstrations } from './zh-CN/demonstrations.ts';
import { documents } from './zh-CN/documents.ts';
import { ecg } from './zh-CN/ecg.ts';
import { failures } from './zh-CN/failures.ts';
import { imaging } from './zh-CN/imaging.ts';
import { imports } from './zh-CN/imports.ts';
import { machines } from './zh-CN/machines.ts';
import { newCase } from './zh-CN/new-case.ts';
import { opinion } from './zh-CN/opinion.ts';
import { pathology } from './zh-CN/pathology.ts';
import { patient } from './zh-CN/patient.ts';
import { patients } from './zh-CN/patients.ts';
import { policies } from './zh-CN/policies.ts';
import { report } from './zh-CN/report.ts';
import { review } from './zh-CN/review.ts';
import { room } from './zh-CN/room.ts';
import { secondFactor } from './zh-CN/second-factor.ts';
import { shell } from './zh-CN/shell.ts';
import { signIn } from './zh-CN/sign-in.ts';
import { specialties } from './zh-CN/specialties.ts';
import { terms } from './zh-CN/terms.ts';
import { uploads } from './zh-CN/uploads.ts';
import { workList } from './zh-CN/work-list.ts';

/** One namespace an area of the client; each area's file belongs to whoever writes that area. */
export const zhCn = {
  common,
  failures,
  terms,
  signIn,
  secondFactor,
  shell,
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
  replay,
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
