import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import { mainOf } from '../accounts/appointment.ts';
import { toCaller } from '../accounts/session-caller.ts';
import { openStudies, type Studies } from '../archive/studies.ts';
import type { CallParts } from '../call/use-cases.ts';
import type { ConsultationParts } from '../cases/parts.ts';
import { caseConsents } from '../consents/case-consents.ts';
import type { CheckingParts } from '../demonstrations/sign-off-use-cases.ts';
import type { FieldSeal } from '../patients/seal.ts';
import { createMaterialTexts } from '../pictures/material-text.ts';
import { pictureServings } from '../pictures/servings.ts';
import { inspectionTasks } from '../pictures/thread/inspect-file.ts';
import { ImagingPool } from '../pictures/thread/pool.ts';
import type { ReportParts } from '../reports/report-use-cases.ts';
import type { Logger } from '../runtime/log.ts';
import type { Notify } from '../store/notify.ts';
import type { Stores, Work } from '../store/stores.ts';
import type { StoryClock } from './story-time.ts';

/** Everything the use cases need to play the demo cases: the real ones, with nobody listening and nobody in the room. */
export interface Play {
  parts: ConsultationParts & CallParts & ReportParts & Pick<CheckingParts, 'readMaterialText'> & { studies: Studies };
  clock: StoryClock;
  county: Caller;
  specialist: Caller;
  /** Anybody of the network, as if signed in. */
  callerOf(login: string): Promise<Caller>;
  /** A request of this person, so many seconds after the last one. */
  asks(caller: Caller, afterS: number): Asked;
  close(): Promise<void>;
}

export interface PlayParts {
  stores: Stores;
  seal: FieldSeal;
  log: Logger;
  dataDir: string;
  caseAccessMs: number;
  clock: StoryClock;
}

/** The server does not listen yet: no window is open that could hear. */
const NOBODY: Notify = {
  toAccounts: () => undefined,
  toAppointments: () => undefined,
  toCase: () => undefined,
  toCaseVolatile: () => undefined,
  leaveCase: () => undefined,
  toDemonstration: () => undefined,
  toShowing: () => undefined,
  toShowingVolatile: () => undefined,
  toShowers: () => undefined,
  leaveShowers: () => undefined,
  leaveDemonstration: () => undefined,
};

/** @param stores of one open transaction: all that is played becomes real with its commit, or nothing of it. */
export async function openPlay({ stores, seal, log, dataDir, caseAccessMs, clock }: PlayParts): Promise<Play> {
  const work: Work = { read: stores, write: (inTransaction) => inTransaction(stores) };
  const imaging = new ImagingPool();
  const studies = await openStudies({
    work,
    clock: clock.now,
    log,
    dataDir,
    descriptions: pictureServings,
    inspect: (path, sizeBytes, owner) => imaging.run(inspectionTasks, 'inspect', { path, sizeBytes }, { owner }),
    onMaterialsChanged: () => undefined,
  });
  return {
    parts: {
      work,
      clock: clock.now,
      notify: NOBODY,
      log,
      seal,
      materials: studies,
      consents: caseConsents,
      caseAccessMs,
      studies,
      readMaterialText: createMaterialTexts({ studies, imaging }),
      sfu: {
        endRoom: async () => undefined,
        removePerson: async () => undefined,
        readiness: () => ({ state: 'ready' }),
      },
      mintRoomToken: () => '',
      placeIn: async () => ({ sfuUrl: '' }),
      turn: undefined,
    },
    clock,
    county: await getCaller(stores, 'county-doctor'),
    specialist: await getCaller(stores, 'specialist'),
    callerOf: (login) => getCaller(stores, login),
    asks: (caller, afterS) => ({ caller, requestId: randomUUID(), at: clock.after(afterS) }),
    async close() {
      await studies.close();
      await imaging.close();
    },
  };
}

/** As if signed in. No session is opened: nobody could use it. */
async function getCaller(stores: Pick<Stores, 'accounts' | 'facilities'>, login: string): Promise<Caller> {
  const account = await stores.accounts.findByLogin(login);
  const facility = account && (await stores.facilities.find(account.facilityId));
  if (!account || !facility) throw new Error(`no demo account ${login}`);
  return toCaller(account, mainOf(account), { facilityName: facility.name, licence: 'valid' }, randomUUID());
}
