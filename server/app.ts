import type { Server as HttpServer } from 'node:http';
import express from 'express';
import { SFU_SOCKET_PATH } from '../sfu/contract/version.ts';
import { createAskingNews } from './asking/news.ts';
import { tellOwn } from './asking/own.ts';
import { startMeetingWatch } from './call/meeting-watch.ts';
import { watchRooms } from './call/watch-rooms.ts';
import { startSealingEarlier } from './consents/earlier-evidence.ts';
import { startPresenceChecks } from './demonstrations/checks/use-cases.ts';
import { startEndingLeftAlone } from './demonstrations/hall/end-left-alone.ts';
import { createHallEnds } from './demonstrations/hall/ends.ts';
import type { HallParts } from './demonstrations/hall/parts.ts';
import { watchHalls } from './demonstrations/hall/watch.ts';
import { watchPhones } from './demonstrations/phones/watch.ts';
import { startDemonstrationReminders } from './demonstrations/reminders.ts';
import { startReminders } from './facilities/reminders.ts';
import { startKeyWatch } from './field-key/watch.ts';
import { securityHeaders } from './http/security-headers.ts';
import { createMaterialTexts } from './pictures/material-text.ts';
import { startLicenceWatch } from './practitioners/reminders.ts';
import { Realtime } from './realtime/connect.ts';
import { createNotify } from './realtime/notify.ts';
import { createSocketServer } from './realtime/socket-server.ts';
import { openRecordingFiles } from './recordings/files.ts';
import { startRecordingWatch } from './recordings/recording-watch.ts';
import { findSeenAgain } from './recordings/seen-again.ts';
import { serveRequests } from './serve-requests.ts';
import { openServices, type ServiceParts } from './services.ts';
import { openShowings } from './showing/service.ts';

export interface AppParts extends ServiceParts {
  /** Requests and sockets are attached to it; whoever made it listens and closes it. */
  httpServer: HttpServer;
  /** The built client. */
  clientFolder: string;
  /** Whether a demonstration can begin: there is a hall for its sound and picture, and pages that show them. Left out: yes. */
  isHallReady?: () => boolean;
}

export interface App {
  close(): Promise<void>;
}

/** The first seconds belong to whoever is waiting for the server. */
const WARM_AFTER_MS = 3_000;

/** Composes the server. It reads no environment and does not listen. */
export async function createApp(parts: AppParts): Promise<App> {
  const { config, database: work, sfu, httpServer, clock, log } = parts;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustedProxies);
  app.use(
    securityHeaders(
      [...(config.sfuPublicUrl === '' ? [] : [new URL(config.sfuPublicUrl).origin]), ...config.sfuOrigins],
      config.secureCookies,
    ),
  );

  const sockets = await createSocketServer({ httpServer, redisUrl: config.redisUrl, log });
  const services = await openServices(parts, createNotify(sockets.io));
  const { told, call, studies, imaging, anchors } = services;
  const { sessions, authenticate } = services.accounts;
  const { isHallReady = () => true } = parts;
  const hall = createHallEnds({
    ...told,
    sfu,
    loseSeats: (demonstrationId, accountIds) => showing.loseSeats(demonstrationId, accountIds),
  });
  const files = openRecordingFiles(config.recordingsDir);
  const onCut: HallParts['onCut'] = (demonstrationId, cut) => showing.field.cut(demonstrationId, cut);
  const onHandOver: HallParts['onHandOver'] = async (demonstration, whose) => {
    news.changed(demonstration.demonstrationId, { parts: ['hands', 'desk'] });
    await tellOwn({ ...told, work }, demonstration, whose);
  };
  const teaching = { ...call, seal: services.cases.seal, isHallReady, hall, files, onCut, onHandOver };
  const news = createAskingNews(told);
  const showing = openShowings(
    { ...teaching, work, sockets, findSeenAgain: (found) => findSeenAgain(showing.parts, found) },
    studies,
    createMaterialTexts({ studies, imaging }),
  );
  serveRequests(app, { work, sfu, clientFolder: parts.clientFolder, services, teaching, news, showing });

  const realtime = new Realtime({ ...call, sockets, authenticate, sessions, demonstrations: teaching, showing });
  sessions.onEnded((sessionIds, why) => {
    realtime.endSessions(sessionIds, why);
    for (const signInId of sessionIds)
      sfu.removePerson({ signInId }).catch((err: unknown) => log.warn({ err }, 'the sfu was not told of a sign-out'));
  });
  const rooms = watchRooms({
    work,
    clock,
    sfu,
    findCallers: sessions.findCallers,
    checkHalls: watchHalls({ ...told, sfu, onCut }),
    checkPhones: watchPhones({ work, clock, sfu }),
    log,
  });
  const meetings = startMeetingWatch({ ...told, sfu });
  const reminders = startReminders(told);
  const licences = startLicenceWatch(told);
  const demonstrations = startDemonstrationReminders(told);
  const recordings = startRecordingWatch(teaching);
  const presenceChecks = startPresenceChecks(told);
  const leftAlone = startEndingLeftAlone({ ...told, sfu, hall });
  const keyWatch = startKeyWatch({ database: work, log });
  const sealing = startSealingEarlier({ work, log, evidence: services.evidence });
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
      await reminders.close();
      await licences.close();
      await demonstrations.close();
      await recordings.close();
      await presenceChecks.close();
      await leftAlone.close();
      await keyWatch.close();
      await sealing.close();
      await news.close();
      await realtime.close();
      await showing.close();
      await studies.close();
      await imaging.close();
      // After all that may still write.
      await anchors.close();
    },
  };
}
