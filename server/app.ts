import type { Server as HttpServer } from 'node:http';
import express, { type Express } from 'express';
import { SFU_SOCKET_PATH } from '../sfu/contract/version.ts';
import type { Asked } from './access/asked.ts';
import { requireJustShown } from './accounts/factor-policy.ts';
import { findPeople, getPerson } from './accounts/person.ts';
import { changePlatformRole } from './accounts/platform-role.ts';
import { materialRoutes } from './archive/material-routes.ts';
import { mountUploads } from './archive/upload-routes.ts';
import { createAskingNews } from './asking/news.ts';
import type { AskingNews } from './asking/parts.ts';
import { askingRoutes } from './asking/routes.ts';
import { administrationActsRoutes } from './audit/administration-acts.ts';
import { auditRoutes } from './audit/routes.ts';
import { startMeetingWatch } from './call/meeting-watch.ts';
import { ringInvited } from './call/rings.ts';
import { callRoutes } from './call/routes.ts';
import { closeCall, removeFromCall } from './call/use-cases.ts';
import { watchRooms } from './call/watch-rooms.ts';
import { announce } from './cases/announce.ts';
import { handOverLeft } from './cases/left-cases.ts';
import { readConsultation } from './cases/read-use-cases.ts';
import { consultationRoutes } from './cases/routes.ts';
import { takeOverCases } from './cases/take-over.ts';
import { startSealingEarlier } from './consents/earlier-evidence.ts';
import { bindConsentEvidence } from './consents/evidence-routes.ts';
import { consentRoutes } from './consents/routes.ts';
import { bindAttendance } from './demonstrations/attendance-routes.ts';
import { startPresenceChecks } from './demonstrations/checks/use-cases.ts';
import { cutDemonstrations, tellOfCut } from './demonstrations/consent-withdrawn.ts';
import { startEndingLeftAlone } from './demonstrations/hall/end-left-alone.ts';
import { createHallEnds } from './demonstrations/hall/ends.ts';
import type { HallParts } from './demonstrations/hall/parts.ts';
import { bindHallPictures } from './demonstrations/hall/picture-routes.ts';
import { giveVoice, takeVoice } from './demonstrations/hall/voice-use-cases.ts';
import { watchHalls } from './demonstrations/hall/watch.ts';
import { phoneCameraRoutes } from './demonstrations/phones/routes.ts';
import { watchPhones } from './demonstrations/phones/watch.ts';
import { startDemonstrationReminders } from './demonstrations/reminders.ts';
import { demonstrationRoutes } from './demonstrations/routes.ts';
import { mountDicomWeb } from './dicomweb/routes.ts';
import { startReminders } from './facilities/reminders.ts';
import { facilityRoutes } from './facilities/routes.ts';
import { bindSignedCopies } from './facilities/signed-copy-routes.ts';
import { bindHls } from './hls/routes.ts';
import { bindRoutes } from './http/bind.ts';
import { answerFaults } from './http/faults.ts';
import { serveHealth } from './http/health.ts';
import { serveDescription } from './http/openapi.ts';
import { servePages } from './http/pages.ts';
import { securityHeaders } from './http/security-headers.ts';
import { bindImports, importRoutes } from './imports/routes.ts';
import { createMachineAuthenticate } from './machines/authenticate.ts';
import { machineRoutes } from './machines/routes.ts';
import { nameMachines } from './machines/use-cases.ts';
import { postMachineNotices } from './notices/machine-notice.ts';
import { postProposalNotices } from './notices/proposal-notice.ts';
import { createMaterialTexts } from './pictures/material-text.ts';
import { pictureServings } from './pictures/servings.ts';
import { slideRoutes } from './pictures/slide/routes.ts';
import { policyRoutes } from './policies/routes.ts';
import { bindPhotos } from './practitioners/photo-routes.ts';
import { startLicenceWatch } from './practitioners/reminders.ts';
import { practitionerRoutes } from './practitioners/routes.ts';
import { Realtime } from './realtime/connect.ts';
import { createNotify } from './realtime/notify.ts';
import { createSocketServer } from './realtime/socket-server.ts';
import { openRecordingFiles } from './recordings/files.ts';
import type { RecordingParts } from './recordings/parts.ts';
import { startRecordingWatch } from './recordings/recording-watch.ts';
import { recordingRoutes } from './recordings/routes.ts';
import { sealRecordings, tellOfSealed } from './recordings/seal.ts';
import { bindSegments } from './recordings/segment-routes.ts';
import { registerRoutes } from './register/routes.ts';
import { bindKeyImages } from './reports/key-image-routes.ts';
import { reportRoutes } from './reports/routes.ts';
import { openServices, type ServiceParts, type Services } from './services.ts';
import { showingRoutes } from './showing/routes.ts';
import { openShowings, type ShowingService } from './showing/service.ts';

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
  const hall = createHallEnds({ ...told, sfu });
  const files = openRecordingFiles(config.recordingsDir);
  const onPictureCut = (demonstrationId: string) => showing.field.cut(demonstrationId);
  const teaching = { ...call, seal: services.cases.seal, isHallReady, hall, files, onPictureCut };
  const news = createAskingNews(told);
  const showing = openShowings({ ...teaching, work, sockets }, studies, createMaterialTexts({ studies, imaging }));
  serveRequests(app, parts, services, { teaching, news, showing });

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
    checkHalls: watchHalls({ ...told, sfu, onPictureCut }),
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

/** All that is answered over HTTP, in the order in which it is looked for. */
function serveRequests(
  app: Express,
  { database: work, sfu, clientFolder }: AppParts,
  services: Services,
  { teaching, news, showing }: { teaching: HallParts & RecordingParts; news: AskingNews; showing: ShowingService },
): void {
  const { told, cases, call, studies, imaging, anchors, accounts } = services;
  const { clock, log } = told;
  const { findShown } = showing;
  const { authenticateRequest: authenticate } = accounts;
  const imports = { work, clock, people: accounts.people };
  const onLicenceChanged = async (asked: Asked, specialistId: string) => {
    await handOverLeft(told, asked, { specialistId });
  };
  serveDescription(app);
  serveHealth(app, { database: work, sfu });
  bindRoutes(app, {
    log,
    authenticate,
    handlers: {
      ...accounts.handlers,
      ...administrationActsRoutes({ work, clock }),
      ...policyRoutes({
        work,
        clock,
        bounds: accounts.bounds,
        findPeople: (accountIds) => findPeople(work.read, accountIds),
        changeRole: changePlatformRole,
        requireJustShown: (asked) => requireJustShown(work.read, asked),
        tell: async (proposal, to, at) =>
          postProposalNotices(told, proposal, { by: await getPerson(work.read, proposal.proposedById), to, at }),
      }),
      ...auditRoutes({
        work,
        clock,
        anchors,
        findActors: async (actorIds) =>
          new Map([...(await nameMachines(work.read, actorIds)), ...(await findPeople(work.read, actorIds))]),
      }),
      ...consultationRoutes({
        ...cases,
        ringInvited: (consultationId, accountId) => ringInvited(call, consultationId, accountId),
        removeFromCall: (one) => removeFromCall(call, one),
      }),
      ...consentRoutes({
        ...cases,
        closeCall: (ended) => closeCall(call, ended),
        async endTeaching(stores, asked, { consultationId, scopes }) {
          const cut = scopes.includes('teach') ? await cutDemonstrations(stores, asked, consultationId) : [];
          const sealed = await sealRecordings(stores, asked, consultationId);
          return async () => {
            await tellOfCut(teaching, cut);
            await tellOfSealed(teaching, sealed);
          };
        },
      }),
      ...demonstrationRoutes({ ...teaching, readMaterialText: createMaterialTexts({ studies, imaging }) }),
      ...phoneCameraRoutes({ ...teaching, work, sfu, findCallers: accounts.sessions.findCallers }),
      ...recordingRoutes(teaching),
      ...showingRoutes(showing),
      ...askingRoutes({
        ...teaching,
        work,
        news,
        voices: {
          give: async (asked, whose) => void (await giveVoice(teaching, asked, whose, { sources: ['audio'] })),
          take: async (asked, whose) => void (await takeVoice(teaching, asked, whose)),
        },
      }),
      ...facilityRoutes({
        work,
        clock,
        findActors: (accountIds) => findPeople(work.read, accountIds),
        takeOverCases,
        announceCases: async (consultationIds) => {
          for (const consultationId of consultationIds) await announce(told, { consultationId });
        },
      }),
      ...practitionerRoutes({ people: accounts.people, clock, onLicenceChanged }),
      ...registerRoutes({ work, clock, seal: cases.seal }),
      ...importRoutes(imports),
      ...machineRoutes({
        work,
        clock,
        findActors: (accountIds) => findPeople(work.read, accountIds),
        // The token is shown once: that nobody could be told of it is no reason to keep it back.
        tellMade: async (machine, to, at) => {
          try {
            const by = await getPerson(work.read, machine.madeBy);
            const facility = await work.read.facilities.find(machine.facilityId);
            await postMachineNotices(told, machine, { by, to, at }, facility?.name ?? '');
          } catch (err) {
            log.error({ err, machineId: machine.machineId }, 'nobody could be told of a new machine');
          }
        },
      }),
      ...slideRoutes({ studies, imaging, clock, findShown }),
      ...materialRoutes({
        studies,
        clock,
        readConsultation: (asked, consultationId) => readConsultation(cases, asked, consultationId),
      }),
      ...callRoutes(call),
      ...reportRoutes({ ...told, caseAccessMs: cases.caseAccessMs }),
    },
  });
  const kept = { work, files: studies.files, log, clock, authenticate };
  bindKeyImages(app, kept);
  bindConsentEvidence(app, { work, evidence: services.evidence, log, clock, authenticate });
  bindSignedCopies(app, kept);
  bindAttendance(app, { ...teaching, authenticate });
  bindHallPictures(app, { ...teaching, pictures: studies, onStill: showing.tellAnew, authenticate });
  bindSegments(app, { ...teaching, authenticate });
  bindHls(app, { ...teaching, sfu, authenticate });
  bindPhotos(app, { people: accounts.people, work, log, clock, authenticate });
  bindImports(app, { ...imports, log, authenticate });
  const pictures = { studies, imaging, clock, log, findShown, authenticate };
  mountUploads(app, pictures);
  mountDicomWeb(app, { ...pictures, authenticate: createMachineAuthenticate({ work, clock, authenticate }) });
  for (const { mount } of Object.values(pictureServings)) mount?.(app, pictures);
  servePages(app, clientFolder);
  answerFaults(app, log);
}
