import type { Server as HttpServer } from 'node:http';
import express from 'express';
import { SFU_SOCKET_PATH } from '../sfu/contract/version.ts';
import type { SfuControl } from '../sfu/control.ts';
import { mintRoomToken } from '../sfu/room-token.ts';
import { findPeople } from './accounts/person.ts';
import { accountRoutes } from './accounts/routes.ts';
import { createSessions } from './accounts/sessions.ts';
import { createSignIn } from './accounts/sign-in.ts';
import type { Account } from './accounts/store.ts';
import { materialRoutes } from './archive/material-routes.ts';
import { openStudies } from './archive/studies.ts';
import { mountUploads } from './archive/upload-routes.ts';
import { createAnchorKey } from './audit/anchor.ts';
import { openAnchorKeeper } from './audit/anchor-keeper.ts';
import { auditRoutes } from './audit/routes.ts';
import { startMeetingWatch } from './call/meeting-watch.ts';
import { callRoutes } from './call/routes.ts';
import { removeFromCall, ringInvited } from './call/use-cases.ts';
import { watchRooms } from './call/watch-rooms.ts';
import { announce } from './cases/announce.ts';
import { readConsultation } from './cases/read-use-cases.ts';
import { consultationRoutes } from './cases/routes.ts';
import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import { isDemoAccount } from './demo/network.ts';
import { findDemoAccounts } from './demo/seed.ts';
import { mountDicomWeb } from './dicomweb/routes.ts';
import { bindRoutes } from './http/bind.ts';
import { answerFaults } from './http/faults.ts';
import { serveHealth } from './http/health.ts';
import { serveDescription } from './http/openapi.ts';
import { servePages } from './http/pages.ts';
import { securityHeaders } from './http/security-headers.ts';
import { createAuthenticate, createRequestAuthenticate, createSessionCookies } from './http/session.ts';
import { createFieldSeal, loadFieldSecret } from './patients/seal.ts';
import { pictureServings } from './pictures/servings.ts';
import { slideRoutes } from './pictures/slide/routes.ts';
import { inspectionTasks } from './pictures/thread/inspect-file.ts';
import { createImagingPool } from './pictures/thread/pool.ts';
import { attachRealtime } from './realtime/connect.ts';
import { createNotify } from './realtime/notify.ts';
import { createSocketServer } from './realtime/socket-server.ts';
import { bindKeyImages } from './reports/key-image-routes.ts';
import { reportRoutes } from './reports/routes.ts';
import type { Logger } from './runtime/log.ts';
import { loadSecret } from './runtime/secret-file.ts';

export interface AppParts {
  config: Config;
  database: Database;
  sfu: SfuControl;
  /** Shared with the sfu: signs what lets a browser into a room. */
  roomTokenSecret: string;
  /** Requests and sockets are attached to it; whoever made it listens and closes it. */
  httpServer: HttpServer;
  /** The built client. */
  clientFolder: string;
  clock: () => Date;
  log: Logger;
}

export interface App {
  close(): Promise<void>;
}

/** The first seconds belong to whoever is waiting for the server. */
const WARM_AFTER_MS = 3_000;

/** Composes the server. It reads no environment and does not listen. */
export async function createApp(parts: AppParts): Promise<App> {
  const { config, database: work, sfu, roomTokenSecret, httpServer, clientFolder, clock, log } = parts;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustedProxies);
  app.use(securityHeaders(config.sfuPublicUrl || undefined, config.secureCookies));

  const sockets = await createSocketServer({ httpServer, redisUrl: config.redisUrl, log });
  const notify = createNotify(sockets.io);
  const told = { work, clock, notify, log };

  // A demo account's password is public: without DEMO it is as if it were not there, whatever an earlier start has left.
  const isBarred = (account: Account) => !config.isDemo && isDemoAccount(account);
  const sessions = createSessions({
    work,
    clock,
    isBarred,
    idleMs: config.sessionIdleMs,
    absoluteMs: config.sessionMs,
  });
  const cookies = createSessionCookies(config.secureCookies);
  const authenticate = createAuthenticate(sessions, cookies, config.secureCookies);
  const authenticateRequest = createRequestAuthenticate(authenticate, cookies);

  const imaging = createImagingPool();
  const studies = await openStudies({
    work,
    clock,
    log,
    dataDir: config.dataDir,
    descriptions: pictureServings,
    inspect: (path, sizeBytes, owner) => imaging.run(inspectionTasks, 'inspect', { path, sizeBytes }, { owner }),
    onMaterialsChanged: (consultationId) => void announce(told, { consultationId }),
  });
  const seal = createFieldSeal(await loadFieldSecret(config.dataDir, config.fieldSecret));
  const anchors = await openAnchorKeeper({
    audit: work.read.audit,
    key: createAnchorKey(await loadSecret(config.dataDir, 'audit.key', config.auditSecret)),
    clock,
    log,
    dataDir: config.dataDir,
    everyMs: config.auditAnchorMs,
  });
  await anchors.keep();
  const { caseAccessMs } = config;
  const cases = { ...told, seal, materials: studies, caseAccessMs };
  const call = {
    ...told,
    sfu,
    mintRoomToken: (grant: Parameters<typeof mintRoomToken>[0]) => mintRoomToken(grant, roomTokenSecret),
    sfuUrl: config.sfuPublicUrl,
    turn: config.turn,
  };

  serveDescription(app);
  serveHealth(app, { database: work, sfu });
  bindRoutes(app, {
    log,
    authenticate: authenticateRequest,
    handlers: {
      ...accountRoutes({
        work,
        clock,
        signIn: createSignIn({ work, clock, isBarred }),
        sessions,
        cookies,
        listDemoAccounts: async () => (config.isDemo ? findDemoAccounts(work.read) : []),
        sessionIdleMs: config.sessionIdleMs,
      }),
      ...auditRoutes({ work, clock, anchors, findPeople: (accountIds) => findPeople(work.read, accountIds) }),
      ...consultationRoutes({
        ...cases,
        ringInvited: (consultationId, accountId) => ringInvited(call, consultationId, accountId),
        removeFromCall: (one) => removeFromCall(call, one),
      }),
      ...slideRoutes({ studies, imaging, clock }),
      ...materialRoutes({
        studies,
        clock,
        readConsultation: (asked, consultationId) => readConsultation(cases, asked, consultationId),
      }),
      ...callRoutes(call),
      ...reportRoutes({ ...told, caseAccessMs }),
    },
  });
  bindKeyImages(app, { work, files: studies.files, log, clock, authenticate: authenticateRequest });
  const pictures = { studies, imaging, clock, log, authenticate: authenticateRequest };
  mountUploads(app, pictures);
  mountDicomWeb(app, pictures);
  for (const { mount } of Object.values(pictureServings)) mount?.(app, pictures);
  servePages(app, clientFolder);
  answerFaults(app, log);

  const realtime = attachRealtime({ ...call, sockets, authenticate, sessions });
  sessions.onEnded((sessionIds) => {
    realtime.endSessions(sessionIds, 'signed-out');
    for (const signInId of sessionIds)
      sfu.removePerson({ signInId }).catch((err: unknown) => log.warn({ err }, 'the sfu was not told of a sign-out'));
  });
  const rooms = watchRooms({ work, clock, sfu, findCallers: sessions.findCallers, log });
  const meetings = startMeetingWatch({ ...told, sfu });
  // Socket.IO answers long polling on its own paths; a second answer by the application would end the process.
  const socketPaths = config.sfuUrl === undefined ? ['/socket.io/', `${SFU_SOCKET_PATH}/`] : ['/socket.io/'];
  httpServer.on('request', (request, response) => {
    if (!socketPaths.some((path) => request.url?.startsWith(path))) app(request, response);
  });

  const warming = setTimeout(() => imaging.warm(), WARM_AFTER_MS).unref();

  return {
    async close() {
      clearTimeout(warming);
      rooms.close();
      await meetings.close();
      await realtime.close();
      await studies.close();
      await imaging.close();
      // After all that may still write.
      await anchors.close();
    },
  };
}
