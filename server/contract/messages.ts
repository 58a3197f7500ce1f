import { z } from 'zod';
import { PersonView } from './account.ts';
import { AskingChange, AskingDesk, AskingOwn } from './asking.ts';
import { CallView } from './call.ts';
import { ChatMessage, ChatPost, ChatSince } from './chat.ts';
import { ConsentScope } from './consent.ts';
import { ConsultationSummary } from './consultation.ts';
import { DemonstrationPresence } from './demonstration.ts';
import { HallProgram, VoiceView } from './demonstration-live.ts';
import type { FailureView } from './failure-view.ts';
import { FieldDrawInput, FieldDrawn } from './field-drawing.ts';
import { CutInput, CutState } from './hall.ts';
import { NoticeView } from './notice.ts';
import { Viewport } from './picture-kinds.ts';
import { PresenceCheckAsked } from './presence-check.ts';
import { Empty, Id } from './primitives.ts';
import {
  AnnotationDelete,
  AnnotationPut,
  AnnotationStep,
  BoardAnnotation,
  PointerMove,
  PointerMoved,
  Presenter,
  Quality,
  ReviewPeer,
  ReviewSnapshot,
} from './review.ts';
import {
  ShowingChanged,
  ShowingMarkInput,
  ShowingMove,
  ShowingOpen,
  ShowingPoint,
  ShowingSnapshot,
  ShowingStep,
  ShownMark,
  ShownPointer,
} from './showing.ts';

interface Request<I extends z.ZodType, O extends z.ZodType> {
  input: I;
  reply: O;
}
const request = <I extends z.ZodType, O extends z.ZodType>(input: I, reply: O): Request<I, O> => ({ input, reply });
const inCase = z.object({ consultationId: Id });
const inDemonstration = z.object({ demonstrationId: Id });

/** What a client asks over the socket. Each is answered by an acknowledgement, {@link Reply}. */
export const requests = {
  'review:open': request(z.object({ consultationId: Id, sinceRevision: z.number().int().min(0) }), ReviewSnapshot),
  'review:close': request(inCase, Empty),
  /** Becomes the presenter at once where nobody presents (or the presenter is gone); else the presenter is asked and has ten seconds. */
  'presenter:ask': request(inCase, z.object({ granted: z.boolean() })),
  'presenter:answer': request(z.object({ consultationId: Id, accountId: Id, grant: z.boolean() }), Empty),
  'viewport:move': request(z.object({ consultationId: Id, viewport: Viewport }), Empty),
  'pointer:move': request(PointerMove, Empty),
  'quality:report': request(z.object({ consultationId: Id, quality: Quality }), Empty),
  'annotation:put': request(AnnotationPut, z.object({ revision: z.number().int() })),
  'annotation:delete': request(AnnotationDelete, z.object({ revision: z.number().int() })),
  'annotation:undo': request(AnnotationStep, z.object({ revision: z.number().int() })),
  'annotation:redo': request(AnnotationStep, z.object({ revision: z.number().int() })),
  /** Of a demonstration: what is shown of its pictures beside sound and video. */
  'showing:open': request(ShowingOpen, ShowingSnapshot),
  'showing:close': request(inDemonstration, Empty),
  'showing:present': request(inDemonstration, Empty),
  'showing:stop': request(inDemonstration, Empty),
  'showing:move': request(ShowingMove, Empty),
  'showing:point': request(ShowingPoint, Empty),
  'showing:mark': request(ShowingMarkInput, z.object({ revision: z.number().int() })),
  'showing:step': request(ShowingStep, z.object({ revision: z.number().int() })),
  /** On a live picture, thirty pieces a second of a stroke. */
  'field:draw': request(FieldDrawInput, Empty),
  'field:clear': request(inDemonstration, Empty),
  'chat:post': request(ChatPost, ChatMessage),
  'chat:since': request(ChatSince, z.array(ChatMessage)),
  /** This window is there, until it leaves or its line is lost; a new connection enters anew. */
  'demonstration:enter': request(inDemonstration, DemonstrationPresence),
  'demonstration:leave': request(inDemonstration, Empty),
  /** The ringing person will not come now; their other windows stop ringing. */
  'call:silence': request(inCase, Empty),
} as const;

/** What the server tells without being asked. */
export const notices = {
  /** A case that the receiver may see was made or has changed in any way. */
  'consultation:changed': ConsultationSummary,
  /** A case entered the receiver's duty pool, or waits for them again: sound and badge. */
  'consultation:arrived': ConsultationSummary,
  /** Somebody was taken out of a case: to them, and to those who take part. */
  'participant:removed': z.object({
    consultationId: Id,
    caseNumber: z.string(),
    person: PersonView,
    by: PersonView,
    reason: z.string(),
  }),
  /** The patient took consent back: to those who take part, and to those whose access ended with it (`isOut`). */
  'consent:withdrawn': z.object({
    consultationId: Id,
    caseNumber: z.string(),
    scopes: z.array(ConsentScope),
    by: PersonView,
    isOut: z.boolean(),
  }),
  /** A demonstration that the receiver organizes, has a seat in or is enrolled in has changed: to be asked for again. */
  'demonstration:changed': inDemonstration,
  /** To all windows that have entered: what the moderator has on air now, what is cut, who has the word. */
  'demonstration:program-changed': inDemonstration.extend({ program: HallProgram }),
  'demonstration:check-asked': PresenceCheckAsked,
  'demonstration:cut-changed': inDemonstration.extend({ cut: CutState, untoldCut: CutInput.nullable() }),
  'demonstration:voices-changed': inDemonstration.extend({ voices: z.array(VoiceView) }),
  /** To all windows that have opened it: another picture, another presenter, or somebody else may show. */
  'showing:changed': ShowingChanged,
  'showing:moved': inDemonstration.extend({ peerId: z.string(), viewport: Viewport }),
  'showing:pointed': inDemonstration.extend({ pointers: z.array(ShownPointer) }),
  'showing:marked': ShownMark,
  /** To all windows that have opened what is shown. */
  'field:drawn': FieldDrawn,
  'field:cleared': inDemonstration,
  /** What was asked and said in half a second: to all windows that have entered. */
  'asking:changed': AskingChange,
  /** The receiver's own of it has changed, by whoever and in whichever window. */
  'asking:own-changed': z.object({ demonstrationId: Id, own: AskingOwn }),
  /** To those who moderate. */
  'asking:desk-changed': z.object({ demonstrationId: Id, desk: AskingDesk }),
  /** Something happened to a case of the receiver's; it is in their history as well. */
  'notice:posted': NoticeView,
  /** Rings, anywhere in the application. */
  'call:rung': z.object({
    consultationId: Id,
    caseNumber: z.string(),
    patientLabel: z.string(),
    call: CallView,
    by: PersonView,
  }),
  /** It rings where the person works as well: to see what it is about they go there. */
  'call:rung-elsewhere': z.object({ consultationId: Id, appointmentId: Id, by: PersonView }),
  'call:silenced': inCase,
  'call:ended': z.object({ consultationId: Id, call: CallView }),
  'review:peers-changed': z.object({ consultationId: Id, peers: z.array(ReviewPeer) }),
  'presenter:asked': z.object({ consultationId: Id, accountId: Id, name: z.string(), answerWithinS: z.number() }),
  'presenter:changed': z.object({ consultationId: Id, presenter: Presenter.nullable() }),
  'viewport:moved': z.object({ consultationId: Id, peerId: z.string(), viewport: Viewport }),
  'pointer:moved': PointerMoved,
  'annotation:changed': BoardAnnotation,
  'chat:posted': ChatMessage,
  /** The receiver's appointment has run out while they were in this case's call: they may finish that, and nothing else, until it ends and for so many hours at most. */
  'appointment:run-out': z.object({ consultationId: Id, hours: z.number() }),
  /**
   * The session has ended (signed out elsewhere, expired): the window goes to the sign-in page. `switched`: it acts in another appointment, `appointment-ended`: it acts
   * in none any more; the window begins anew with `session:read`.
   */
  'session:ended': z.object({
    reason: z.enum(['signed-out', 'expired', 'disabled', 'switched', 'appointment-ended']),
  }),
} as const;

export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type RequestInput<N extends RequestName> = z.infer<Requests[N]['input']>;
export type RequestReply<N extends RequestName> = z.infer<Requests[N]['reply']>;
export type Notices = typeof notices;
export type NoticeName = keyof Notices;
export type Notice<N extends NoticeName> = z.infer<Notices[N]>;

/** How every socket request is acknowledged. */
export type Reply<T> = { ok: true; value: T } | { ok: false; failure: FailureView };

/** Socket.IO's type parameters, derived. */
export type ClientToServer = {
  [N in RequestName]: (input: RequestInput<N>, reply: (answer: Reply<RequestReply<N>>) => void) => void;
};
export type ServerToClient = { [N in NoticeName]: (notice: Notice<N>) => void };
