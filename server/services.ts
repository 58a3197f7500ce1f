import type { SfuControl } from '../sfu/control.ts';
import { mintRoomToken } from '../sfu/room-token.ts';
import type { Asked } from './access/asked.ts';
import { accountSecurityRoutes } from './accounts/account-security-routes.ts';
import { appointmentRoutes } from './accounts/appointment-routes.ts';
import { someSignInAlone } from './accounts/factor-policy.ts';
import { forgetFirstAddress } from './accounts/first-address.ts';
import { hasAdministrator } from './accounts/founding.ts';
import { oneTimeLinkRoutes } from './accounts/one-time-link-routes.ts';
import { ownAccountRoutes } from './accounts/own-account-routes.ts';
import { ownFactorRoutes } from './accounts/own-factor-routes.ts';
import { createPasskeySignIn } from './accounts/passkey-sign-in.ts';
import { peopleRoutes } from './accounts/people-routes.ts';
import { findPeople, getPerson } from './accounts/person.ts';
import { relyingPartyOf } from './accounts/relying-party.ts';
import { accountRoutes } from './accounts/routes.ts';
import { createSecondStep } from './accounts/second-step.ts';
import { createViewSession } from './accounts/session-view.ts';
import { createSessions } from './accounts/sessions.ts';
import { createSignIn } from './accounts/sign-in.ts';
import { signInRoutes } from './accounts/sign-in-routes.ts';
import type { Account } from './accounts/store.ts';
import { openStudies } from './archive/studies.ts';
import { createAnchorKey } from './audit/anchor.ts';
import { openAnchorKeeper } from './audit/anchor-keeper.ts';
import type { TicketParts } from './call/ticket.ts';
import { announce } from './cases/announce.ts';
import type { Config } from './config.ts';
import { caseConsents } from './consents/case-consents.ts';
import { openEvidenceFiles } from './consents/evidence-files.ts';
import { createEvidenceSeal } from './consents/evidence-seal.ts';
import type { Database } from './database/database.ts';
import { mayEndDemonstration } from './demo/end.ts';
import { demoRoutes } from './demo/routes.ts';
import { findDemoAccounts } from './demo/seed.ts';
import { listWorkplaces } from './facilities/scope.ts';
import {
  type Credentials,
  createAuthenticate,
  createRequestAuthenticate,
  createSessionCookies,
  ownOrigin,
} from './http/session.ts';
import { keepFactorNotices, toFactorNotice } from './notices/factor-notice.ts';
import { loadFieldSecret } from './patients/seal.ts';
import { pictureServings } from './pictures/servings.ts';
import { inspectionTasks } from './pictures/thread/inspect-file.ts';
import { ImagingPool } from './pictures/thread/pool.ts';
import type { Logger } from './runtime/log.ts';
import { loadSecret } from './runtime/secret-file.ts';
import type { Notify } from './store/notify.ts';

export interface ServiceParts {
  config: Config;
  database: Database;
  sfu: SfuControl;
  /** Where there are several sfu nodes: which one somebody is sent to. Absent: there is one. */
  placeIn?: TicketParts['placeIn'];
  /** Shared with the sfu: signs what lets a browser into a room. */
  roomTokenSecret: string;
  clock: () => Date;
  log: Logger;
}

export type Services = Awaited<ReturnType<typeof openServices>>;

/** Opens what answers requests and sockets alike, each with what it needs of the others. It knows nothing of Express and Socket.IO. */
export async function openServices(parts: ServiceParts, notify: Notify) {
  const { config, database: work, sfu, roomTokenSecret, clock, log } = parts;
  const told = { work, clock, notify, log };
  const accounts = openAccounts(parts, notify);
  const imaging = new ImagingPool();
  const studies = await openStudies({
    work,
    clock,
    log,
    dataDir: config.dataDir,
    descriptions: pictureServings,
    inspect: (path, sizeBytes, owner) => imaging.run(inspectionTasks, 'inspect', { path, sizeBytes }, { owner }),
    onMaterialsChanged: (consultationId) => void announce(told, { consultationId }),
  });
  const fieldSecret = await loadFieldSecret(config.dataDir, config.fieldSecret);
  const anchors = await openAnchors(parts);
  const { caseAccessMs } = config;
  return {
    told,
    accounts,
    imaging,
    studies,
    anchors,
    evidence: openEvidenceFiles(work, config.dataDir, createEvidenceSeal(fieldSecret), studies.files),
    cases: { ...told, seal: work.seal, materials: studies, consents: caseConsents, caseAccessMs },
    call: {
      ...told,
      sfu,
      mintRoomToken: (grant: Parameters<typeof mintRoomToken>[0]) => mintRoomToken(grant, roomTokenSecret),
      placeIn: parts.placeIn ?? (async () => ({ sfuUrl: config.sfuPublicUrl })),
      turn: config.turn,
    },
  };
}

function openAccounts({ config, database: work, clock, log }: ServiceParts, notify: Notify) {
  // A demo account's password is public: without DEMO it is as if it were not there, whatever an earlier start has left.
  const isBarred = (account: Account) => !config.isDemo && account.isDemo;
  const bounds = { idleMs: config.sessionIdleMs, absoluteMs: config.sessionMs };
  const sessions = createSessions({
    work,
    clock,
    isBarred,
    bounds,
  });
  const cookies = createSessionCookies(config.secureCookies);
  const authenticate = createAuthenticate(sessions, cookies, config.secureCookies);
  const people = {
    work,
    clock,
    listWorkplaces: () => listWorkplaces(work.read),
    tellEnded: sessions.tellEnded,
    tellFactorReset: async ({ caller, at }: Asked, accountId: string) => {
      // It is done, and stands in the record: that the notice failed must not make it look undone.
      try {
        const by = await getPerson(work.read, caller);
        for (const notice of await keepFactorNotices(work, accountId, { byAccountId: caller.accountId, at }))
          notify.toAppointments([notice], 'notice:posted', toFactorNotice(notice, by));
      } catch (err) {
        log.error({ err, accountId }, 'somebody could not be told that their second factor was reset');
      }
    },
  };
  const listDemoAccounts = async () => (config.isDemo ? findDemoAccounts(work.read) : []);
  const viewSession = createViewSession({
    work,
    clock,
    isDemonstration: async () => (await listDemoAccounts()).length > 0,
    mayEndDemonstration: (caller, account) => mayEndDemonstration(work.read, caller, account),
    bounds,
  });
  const findSignedIn = async (headers: Credentials['headers']): Promise<string | undefined> => {
    const found = cookies.findSecret(headers);
    if (!found?.isCookie) return undefined;
    // A session that is over is nobody's.
    const caller = await sessions.authenticate(found.secret, 'browser', 'set-up').catch(() => undefined);
    return caller?.accountId;
  };
  const findParty = ({ headers }: Pick<Credentials, 'headers'>) =>
    relyingPartyOf(ownOrigin(headers, config.secureCookies));
  const entering = { work, clock, isBarred, sessions, cookies, viewSession, findParty };
  return {
    sessions,
    bounds,
    authenticate,
    authenticateRequest: createRequestAuthenticate(authenticate, cookies),
    people,
    handlers: {
      ...accountRoutes({
        ...entering,
        listDemoAccounts,
        hasAdministrator: () => hasAdministrator(work.read, clock()),
        offersPasskey: async (request) => findParty(request) !== null && someSignInAlone(work.read, clock()),
      }),
      ...signInRoutes({
        ...entering,
        signIn: createSignIn(entering),
        secondStep: createSecondStep(entering),
        passkeys: createPasskeySignIn(entering),
      }),
      ...ownAccountRoutes({ ...people, isOpen: sessions.isOpen }),
      ...ownFactorRoutes({ ...people, findParty }),
      ...peopleRoutes({ ...people, findActors: (accountIds) => findPeople(work.read, accountIds) }),
      ...appointmentRoutes(people),
      ...accountSecurityRoutes(people),
      ...oneTimeLinkRoutes({
        ...people,
        findSignedIn: ({ headers }) => findSignedIn(headers),
        onFounded: () => forgetFirstAddress(config.dataDir),
      }),
      ...demoRoutes(people),
    },
  };
}

async function openAnchors({ config, database, clock, log }: ServiceParts) {
  const anchors = await openAnchorKeeper({
    audit: database.read.audit,
    key: createAnchorKey(await loadSecret(config.dataDir, 'audit.key', config.auditSecret)),
    clock,
    log,
    dataDir: config.dataDir,
    everyMs: config.auditAnchorMs,
  });
  await anchors.keep();
  return anchors;
}
