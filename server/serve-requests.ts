import type { Express } from 'express';
import type { SfuControl } from '../sfu/control.ts';
import { requireJustShown } from './accounts/factor-policy.ts';
import { findPeople, getPerson } from './accounts/person.ts';
import { changePlatformRole } from './accounts/platform-role.ts';
import { materialRoutes } from './archive/material-routes.ts';
import { mountUploads } from './archive/upload-routes.ts';
import type { AskingNews } from './asking/parts.ts';
import { askingRoutes } from './asking/routes.ts';
import { administrationActsRoutes } from './audit/administration-acts.ts';
import { auditRoutes } from './audit/routes.ts';
import { ringInvited } from './call/rings.ts';
import { callRoutes } from './call/routes.ts';
import { closeCall, removeFromCall } from './call/use-cases.ts';
import { announce } from './cases/announce.ts';
import { handOverLeft } from './cases/left-cases.ts';
import { readConsultation } from './cases/read-use-cases.ts';
import { consultationRoutes } from './cases/routes.ts';
import { takeOverCases } from './cases/take-over.ts';
import { bindConsentEvidence } from './consents/evidence-routes.ts';
import { consentRoutes } from './consents/routes.ts';
import type { Database } from './database/database.ts';
import { bindAttendance } from './demonstrations/attendance-routes.ts';
import { cutDemonstrations, tellOfCut } from './demonstrations/consent-withdrawn.ts';
import type { HallParts } from './demonstrations/hall/parts.ts';
import { bindHallPictures } from './demonstrations/hall/picture-routes.ts';
import { giveBackVoice, giveVoice, takeVoice } from './demonstrations/hall/voice-use-cases.ts';
import { phoneCameraRoutes } from './demonstrations/phones/routes.ts';
import { demonstrationRoutes } from './demonstrations/routes.ts';
import { mountDicomWeb } from './dicomweb/routes.ts';
import { facilityRoutes } from './facilities/routes.ts';
import { bindSignedCopies } from './facilities/signed-copy-routes.ts';
import { bindHls } from './hls/routes.ts';
import { bindRoutes } from './http/bind.ts';
import { answerFaults } from './http/faults.ts';
import { serveHealth } from './http/health.ts';
import { serveDescription } from './http/openapi.ts';
import { servePages } from './http/pages.ts';
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
import { practitionerRoutes } from './practitioners/routes.ts';
import type { RecordingParts } from './recordings/parts.ts';
import { recordingRoutes } from './recordings/routes.ts';
import { sealRecordings, tellOfSealed } from './recordings/seal.ts';
import { bindSegments } from './recordings/segment-routes.ts';
import { registerRoutes } from './register/routes.ts';
import { bindKeyImages } from './reports/key-image-routes.ts';
import { reportRoutes } from './reports/routes.ts';
import type { Services } from './services.ts';
import { showingRoutes } from './showing/routes.ts';
import type { ShowingService } from './showing/service.ts';

/** What the application is made of, for whoever answers requests. */
export interface RequestParts {
  work: Database;
  sfu: SfuControl;
  /** The built client. */
  clientFolder: string;
  services: Services;
  teaching: HallParts & RecordingParts;
  news: AskingNews;
  showing: ShowingService;
}

/** All that is answered over HTTP, in the order in which it is looked for. */
export function serveRequests(app: Express, parts: RequestParts): void {
  const { work, sfu, clientFolder } = parts;
  const { told, accounts } = parts.services;
  serveDescription(app);
  serveHealth(app, { database: work, sfu });
  bindRoutes(app, {
    log: told.log,
    authenticate: accounts.authenticateRequest,
    handlers: { ...administrationHandlers(parts), ...caseHandlers(parts), ...demonstrationHandlers(parts) },
  });
  bindBytes(app, parts);
  servePages(app, clientFolder);
  answerFaults(app, told.log);
}

/** Accounts, facilities, policies and both trails. */
function administrationHandlers({ work, services }: RequestParts) {
  const { told, anchors, accounts } = services;
  const { clock, log } = told;
  return {
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
    ...facilityRoutes({
      work,
      clock,
      findActors: (accountIds) => findPeople(work.read, accountIds),
      takeOverCases,
      announceCases: async (consultationIds) => {
        for (const consultationId of consultationIds) await announce(told, { consultationId });
      },
    }),
    ...practitionerRoutes({
      people: accounts.people,
      clock,
      async onLicenceChanged(asked, specialistId) {
        await handOverLeft(told, asked, { specialistId });
      },
    }),
    ...importRoutes({ work, clock, people: accounts.people }),
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
  };
}

/** A case from draft to report, with its patient, pictures and call. */
function caseHandlers({ work, services, teaching, showing }: RequestParts) {
  const { told, cases, call, studies, imaging } = services;
  const { clock } = told;
  return {
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
    ...registerRoutes({ work, clock, seal: cases.seal }),
    ...slideRoutes({ studies, imaging, clock, findShown: showing.findShown }),
    ...materialRoutes({
      studies,
      clock,
      readConsultation: (asked, consultationId) => readConsultation(cases, asked, consultationId),
    }),
    ...callRoutes(call),
    ...reportRoutes({ ...told, caseAccessMs: cases.caseAccessMs }),
  };
}

function demonstrationHandlers({ work, sfu, services, teaching, news, showing }: RequestParts) {
  const { studies, imaging, accounts } = services;
  return {
    ...demonstrationRoutes({ ...teaching, readMaterialText: createMaterialTexts({ studies, imaging }) }),
    ...phoneCameraRoutes({ ...teaching, work, sfu, findCallers: accounts.sessions.findCallers }),
    ...recordingRoutes({ ...showing.parts, ...teaching, work }),
    ...showingRoutes(showing),
    ...askingRoutes({
      ...teaching,
      work,
      news,
      onScreen: (demonstrationId, questionId) =>
        showing.parts.stream.note(demonstrationId, { kind: 'question', questionId }),
      voices: {
        give: async (asked, whose) => void (await giveVoice(teaching, asked, whose, { sources: ['audio'] })),
        take: async (asked, whose) => void (await takeVoice(teaching, asked, whose)),
        giveBack: async (asked, demonstrationId) => void (await giveBackVoice(teaching, asked, demonstrationId)),
      },
    }),
  };
}

/** What is sent and handed out as bytes. */
function bindBytes(app: Express, { work, sfu, services, teaching, showing }: RequestParts): void {
  const { told, studies, imaging, accounts } = services;
  const { clock, log } = told;
  const { findShown } = showing;
  const { authenticateRequest: authenticate } = accounts;
  const kept = { work, files: studies.files, log, clock, authenticate };
  bindKeyImages(app, kept);
  bindConsentEvidence(app, { work, evidence: services.evidence, log, clock, authenticate });
  bindSignedCopies(app, kept);
  bindAttendance(app, { ...teaching, authenticate });
  bindHallPictures(app, { ...teaching, pictures: studies, onStill: showing.tellAnew, authenticate });
  bindSegments(app, { ...teaching, authenticate });
  bindHls(app, { ...teaching, sfu, authenticate });
  bindPhotos(app, { people: accounts.people, work, log, clock, authenticate });
  bindImports(app, { work, clock, people: accounts.people, log, authenticate });
  const pictures = { studies, imaging, clock, log, findShown, authenticate };
  mountUploads(app, pictures);
  mountDicomWeb(app, { ...pictures, authenticate: createMachineAuthenticate({ work, clock, authenticate }) });
  for (const { mount } of Object.values(pictureServings)) mount?.(app, pictures);
}
