import { accountSecurity } from './en/account-security.ts';
import { accounts } from './en/accounts.ts';
import { administration } from './en/administration.ts';
import { appointments } from './en/appointments.ts';
import { audit } from './en/audit.ts';
import { call } from './en/call.ts';
import { caseTexts } from './en/case.ts';
import { chat } from './en/chat.ts';
import { common } from './en/common.ts';
import { consents } from './en/consents.ts';
import { asking } from './en/demonstration-asking.ts';
import { demonstrationHall } from './en/demonstration-hall.ts';
import { replay } from './en/demonstration-replay.ts';
import { theatre } from './en/demonstration-theatre.ts';
import { demonstrations } from './en/demonstrations.ts';
import { documents } from './en/documents.ts';
import { ecg } from './en/ecg.ts';
import { failures } from './en/failures.ts';
import { imaging } from './en/imaging.ts';
import { imports } from './en/imports.ts';
import { machines } from './en/machines.ts';
import { newCase } from './en/new-case.ts';
import { opinion } from './en/opinion.ts';
import { pathology } from './en/pathology.ts';
import { patient } from './en/patient.ts';
import { patients } from './en/patients.ts';
import { policies } from './en/policies.ts';
import { report } from './en/report.ts';
import { review } from './en/review.ts';
import { room } from './en/room.ts';
import { secondFactor } from './en/second-factor.ts';
import { shell } from './en/shell.ts';
import { signIn } from './en/sign-in.ts';
import { specialties } from './en/specialties.ts';
import { terms } from './en/terms.ts';
import { uploads } from './en/uploads.ts';
import { workList } from './en/work-list.ts';
import type { Texts } from './texts.ts';
import type { zhCn } from './zh-CN.ts';

export const en: Texts<typeof zhCn> = {
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
