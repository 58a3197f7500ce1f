import { z } from 'zod';
import { CallTicket } from './call.ts';
import {
  Attendance,
  DemonstrationCreateInput,
  DemonstrationMoveInput,
  DemonstrationPage,
  DemonstrationQuery,
  DemonstrationSaveInput,
  DemonstrationView,
  MaterialCheckInput,
} from './demonstration.ts';
import { DemonstrationChoices, DemonstrationChoicesQuery } from './demonstration-choices.ts';
import { AssessInput, CreditCorrectionInput, CreditInput, OwnCredit } from './demonstration-credits.ts';
import {
  DemonstrationLive,
  HallProgram,
  HallTicket,
  HallTicketInput,
  TheatreArrangement,
  VoiceInput,
} from './demonstration-live.ts';
import { CutInput, CutState, ResumeInput } from './hall.ts';
import { SlideView } from './pathology.ts';
import {
  OpenedPhoneCamera,
  PhoneCameraInvitation,
  PhoneCameraKey,
  PhoneCameraList,
  PhoneCameraSecret,
} from './phone-camera.ts';
import { PictureId } from './picture.ts';
import { Empty, Id, ReasonInput, VersionInput } from './primitives.ts';
import { RecordingView, ReplaySaveInput, ReplayView } from './recording.ts';
import { DemonstrationKeyImages, ReplayEvents, ReplayEventsQuery } from './replay-timeline.ts';
import { route } from './route.ts';
import { ShowingView } from './showing.ts';

const demonstration = z.object({ demonstrationId: Id });
const PATH = '/api/demonstrations/:demonstrationId';

/** A change that names the version it was made on. */
const step = (end: string) =>
  route('POST', `${PATH}/${end}`, { params: demonstration, body: VersionInput, reply: DemonstrationView });
const reasonedStep = (end: string) =>
  route('POST', `${PATH}/${end}`, { params: demonstration, body: ReasonInput, reply: DemonstrationView });

/** The routes of surgical demonstrations. */
export const demonstrationRoutes = {
  'demonstrations:list': route('GET', '/api/demonstrations', { query: DemonstrationQuery, reply: DemonstrationPage }),
  /** By a part of their names, at most 30 of each; without any text the people of the named facility, or else of the caller's own. */
  'demonstration-choices:search': route('GET', '/api/demonstration-choices', {
    query: DemonstrationChoicesQuery,
    reply: DemonstrationChoices,
  }),
  'demonstration:create': route('POST', '/api/demonstrations', {
    body: DemonstrationCreateInput,
    reply: DemonstrationView,
    status: 201,
  }),
  'demonstration:read': route('GET', PATH, { params: demonstration, reply: DemonstrationView }),
  'demonstration:save': route('PUT', PATH, {
    params: demonstration,
    body: DemonstrationSaveInput,
    reply: DemonstrationView,
  }),
  'demonstration:ask-sign-off': step('sign-off-request'),
  'demonstration:sign-theatre': step('theatre-sign-off'),
  'demonstration:sign-ethics': step('ethics-sign-off'),
  'demonstration:send-back': reasonedStep('return'),
  /** The caller has looked the pictures through: nothing on them says whose they are. */
  'demonstration:check-material': route('POST', `${PATH}/materials/:materialId/check`, {
    params: demonstration.extend({ materialId: Id }),
    body: MaterialCheckInput,
    reply: DemonstrationView,
  }),
  /** Something on them says whose they are after all: where they are shown they are gone at once. Without a version, since it cannot wait. */
  'demonstration:withdraw-check': route('POST', `${PATH}/materials/:materialId/check-withdrawal`, {
    params: demonstration.extend({ materialId: Id }),
    reply: DemonstrationView,
  }),
  'demonstration:open-enrolment': step('enrolment'),
  'demonstration:close-enrolment': step('enrolment-closure'),
  'demonstration:reopen-enrolment': step('enrolment-reopening'),
  'demonstration:move': route('POST', `${PATH}/time`, {
    params: demonstration,
    body: DemonstrationMoveInput,
    reply: DemonstrationView,
  }),
  'demonstration:begin': step('beginning'),
  'demonstration:end': step('end'),
  'demonstration:cancel': reasonedStep('cancellation'),
  /** By name. The same as a table: `attendance.csv` beside it, see PROTOCOL.md. */
  'demonstration:attendance': route('GET', `${PATH}/attendance`, { params: demonstration, reply: Attendance }),
  /** Records for good who watched enough of it. */
  'demonstration:assess': route('POST', `${PATH}/assessment`, {
    params: demonstration,
    body: AssessInput,
    reply: DemonstrationView,
  }),
  /** Once; what was credited wrongly is put right one by one. */
  'demonstration:credit': route('POST', `${PATH}/credits`, {
    params: demonstration,
    body: CreditInput,
    reply: DemonstrationView,
  }),
  'demonstration:correct-credit': route('POST', `${PATH}/credits/:accountId/corrections`, {
    params: demonstration.extend({ accountId: Id }),
    body: CreditCorrectionInput,
    reply: DemonstrationView,
  }),
  /** The caller's, whichever facility they acted for; the latest first. What was taken away stays in it with 0 points. */
  'own-credits:list': route('GET', '/api/own-credits', { reply: z.array(OwnCredit) }),
  /** Asked again it changes nothing. */
  'demonstration:enrol': route('POST', `${PATH}/own-enrolment`, { params: demonstration, reply: DemonstrationView }),
  'demonstration:withdraw': route('DELETE', `${PATH}/own-enrolment`, {
    params: demonstration,
    reply: DemonstrationView,
  }),
  /** Fetched anew for each connection. The audience has one only while it is live; the others before, to rehearse. */
  'demonstration:ticket': route('POST', `${PATH}/hall-ticket`, {
    params: demonstration,
    body: HallTicketInput,
    reply: HallTicket,
  }),
  /** For a page without a connection to the hall, and beside the sfu's own `hall:cut`. */
  'demonstration:cut': route('POST', `${PATH}/cut`, { params: demonstration, body: CutInput, reply: CutState }),
  'demonstration:resume-cut': route('POST', `${PATH}/cut-end`, {
    params: demonstration,
    body: ResumeInput,
    reply: CutState,
  }),
  'demonstration:program': route('PUT', `${PATH}/program`, {
    params: demonstration,
    body: HallProgram,
    reply: DemonstrationLive,
  }),
  /** By the theatre's page, after each change of its inputs and masks: who had what sent, and what was masked, is in the audit trail. */
  'demonstration:arrange-inputs': route('PUT', `${PATH}/theatre-inputs`, {
    params: demonstration,
    body: TheatreArrangement,
    reply: Empty,
  }),
  /** Somebody who is enrolled; given again, it is what is named now. */
  'demonstration:give-voice': route('PUT', `${PATH}/voices/:accountId`, {
    params: demonstration.extend({ accountId: Id }),
    body: VoiceInput,
    reply: DemonstrationLive,
  }),
  /** A second answer changes nothing. */
  'demonstration:answer-check': route('POST', `${PATH}/presence-checks/:checkId/answer`, {
    params: demonstration.extend({ checkId: Id }),
    reply: Empty,
  }),
  'demonstration:take-voice': route('DELETE', `${PATH}/voices/:accountId`, {
    params: demonstration.extend({ accountId: Id }),
    reply: DemonstrationLive,
  }),
  /** One's own. Whoever has not got the word changes nothing. */
  'demonstration:give-back-voice': route('DELETE', `${PATH}/own-voice`, {
    params: demonstration,
    reply: DemonstrationLive,
  }),
} as const;

const phoneCamera = demonstration.extend({ cameraId: Id });

/** A telephone as a camera of the theatre. */
export const phoneCameraRoutes = {
  /** By surgeon or nurse. The secret is told this once. */
  'phone-camera:invite': route('POST', `${PATH}/phone-cameras`, {
    params: demonstration,
    reply: PhoneCameraInvitation,
    status: 201,
  }),
  /** The caller's own of this sign-in, those that were let go left out. */
  'phone-cameras:list': route('GET', `${PATH}/phone-cameras`, { params: demonstration, reply: PhoneCameraList }),
  /** Lets the theatre's page receive what the telephone sends. */
  'phone-camera:watch': route('POST', `${PATH}/phone-cameras/:cameraId/ticket`, {
    params: phoneCamera,
    reply: CallTicket,
  }),
  'phone-camera:end': route('DELETE', `${PATH}/phone-cameras/:cameraId`, { params: phoneCamera, reply: Empty }),
  /** By the telephone, once: its holder is nobody here, the secret in the body is all that tells it. */
  'phone-camera:open': route('POST', '/api/phone-camera', {
    body: PhoneCameraSecret,
    reply: OpenedPhoneCamera,
    access: 'anyone',
  }),
  'phone-camera:ticket': route('POST', '/api/phone-camera/ticket', {
    body: PhoneCameraKey,
    reply: CallTicket,
    access: 'anyone',
  }),
} as const;

/** What is recorded of a demonstration, and seen again. */
export const recordingRoutes = {
  /** Only with the patient's consent to recording. Asked again, it goes on; what has stopped by a fault begins anew. */
  'demonstration:start-recording': route('POST', `${PATH}/recording`, { params: demonstration, reply: RecordingView }),
  'demonstration:stop-recording': route('DELETE', `${PATH}/recording`, { params: demonstration, reply: RecordingView }),
  /** From now on people look it through, cut parts out and name chapters. */
  'demonstration:open-replay': step('replay-review'),
  /** By somebody else than the surgeon and whoever opened it: they have looked it through. */
  'demonstration:publish-replay': step('replay-publication'),
  'demonstration:retire-replay': step('replay-retirement'),
  /** Each reading is an act in the record: somebody has it before them. Its segments: see PROTOCOL.md. */
  'replay:read': route('GET', `${PATH}/replay`, { params: demonstration, reply: ReplayView }),
  /** What was shown, drawn and pointed at, a part at a time. */
  'replay:events': route('GET', `${PATH}/replay/events`, {
    params: demonstration,
    query: ReplayEventsQuery,
    reply: ReplayEvents,
  }),
  /** Stills and marks that were made while it was live, once it is over. */
  'demonstration:key-images': route('GET', `${PATH}/key-images`, {
    params: demonstration,
    reply: DemonstrationKeyImages,
  }),
  'replay:save': route('PUT', `${PATH}/replay`, { params: demonstration, body: ReplaySaveInput, reply: ReplayView }),
} as const;

/** Who else may show pictures of a demonstration. */
export const showingRoutes = {
  /** How a slide is built that is shown; see `slide:read`. */
  'shown-slide:read': route('GET', `${PATH}/slides/:slideId`, {
    params: demonstration.extend({ slideId: PictureId }),
    reply: SlideView,
  }),
  /** Moderator or deputy let somebody who is in the hall show, point and draw. */
  'showing:name': route('PUT', `${PATH}/showing/people/:accountId`, {
    params: demonstration.extend({ accountId: Id }),
    reply: ShowingView,
  }),
  'showing:unname': route('DELETE', `${PATH}/showing/people/:accountId`, {
    params: demonstration.extend({ accountId: Id }),
    reply: ShowingView,
  }),
} as const;
