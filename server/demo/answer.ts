import { createHash, randomUUID } from 'node:crypto';
import { noteMeeting } from '../call/meeting.ts';
import { endCall, issueTicket, startCall } from '../call/use-cases.ts';
import { acceptConsultation } from '../cases/answer-use-cases.ts';
import { readConsultation } from '../cases/read-use-cases.ts';
import { postChat } from '../chat/use-cases.ts';
import type { Annotation, KeyImage, Recommendation, Target } from '../contract/index.ts';
import { putKeyImage } from '../reports/key-image-use-cases.ts';
import { saveOpinion } from '../reports/opinion-use-cases.ts';
import { acknowledgeReport, readReport, signReport } from '../reports/report-use-cases.ts';
import { putAnnotation } from '../review/annotation-use-cases.ts';
import type { DemoAnswer } from './demo-case.ts';
import type { MarkedPicture } from './key-images/marked-picture.ts';
import { DEMO_PASSWORD } from './network.ts';
import type { Play } from './play.ts';

const MINUTE_S = 60;
const CALL_MIN = 12;

/** Scene two and what follows: accepted, discussed over the pictures or read alone, signed, and acknowledged by whoever asked. */
export async function answerConsultation(play: Play, consultationId: string, answer: DemoAnswer): Promise<void> {
  const { parts, county, specialist, asks } = play;
  const { pace, chat, picture } = answer;
  const { version, meeting } = await readConsultation(
    parts,
    asks(specialist, pace.acceptMin * MINUTE_S),
    consultationId,
  );
  await acceptConsultation(parts, asks(specialist, MINUTE_S), consultationId, { version });
  // Whoever signs has looked: the access log says so, as for every viewer that opens the picture.
  const looked = { basis: 'assignment', consultationId, ...readOf(picture.target) } as const;
  await parts.studies.recordRead(asks(specialist, 20), looked);
  for (const { by, text } of chat) {
    const message = { consultationId, messageId: randomUUID(), text };
    await postChat(parts, asks(by === 'county' ? county : specialist, 40), message, '');
  }
  const annotations =
    meeting === 'needed'
      ? await meetOver(play, consultationId, answer)
      : await draw(play, consultationId, picture, pace.answerMin * MINUTE_S);
  const recommendations = await sign(play, consultationId, answer, annotations);
  const { content } = await readReport(parts, asks(county, pace.acknowledgeMin * MINUTE_S), consultationId, undefined);
  const adoptions = recommendations.map(({ recommendationId }, index) => {
    const { decision, reason } = answer.recommendations[index] ?? { decision: 'adopted' as const, reason: '' };
    return { recommendationId, decision, reason };
  });
  await acknowledgeReport(parts, asks(county, 2 * MINUTE_S), consultationId, { version: content.version, adoptions });
}

/** Both are in the room while the specialist draws. */
async function meetOver(play: Play, consultationId: string, { pace, picture }: DemoAnswer): Promise<Annotation[]> {
  const { parts, county, specialist, asks } = play;
  await startCall(parts, asks(specialist, pace.answerMin * MINUTE_S), consultationId);
  for (const person of [specialist, county]) await issueTicket(parts, asks(person, 8), consultationId);
  const call = await parts.work.read.calls.findActive(consultationId);
  if (call) await noteMeeting(parts, call, new Set([specialist.accountId, county.accountId]));
  const annotations = await draw(play, consultationId, picture, 0);
  await endCall(parts, asks(specialist, CALL_MIN * MINUTE_S), consultationId);
  return annotations;
}

/** How the access log names a picture that was looked at. */
function readOf(target: Target): { subjectKind: string; subjectId: string } {
  switch (target.kind) {
    case 'imaging':
      return { subjectKind: 'series', subjectId: target.seriesInstanceUid };
    case 'ecg':
      return { subjectKind: 'ecg', subjectId: target.recordId };
    case 'pathology':
      return { subjectKind: 'slide', subjectId: target.slideId };
    case 'documents':
      return { subjectKind: 'document', subjectId: target.documentId };
    default:
      throw new Error('the demo cases hold no such picture');
  }
}

/** The marks as the board keeps them: they stay on the picture and belong to the key image. */
async function draw(
  { parts, specialist, asks }: Play,
  consultationId: string,
  { target, shapes }: MarkedPicture,
  afterS: number,
): Promise<Annotation[]> {
  const annotations: Annotation[] = [];
  for (const [index, shape] of shapes.entries()) {
    const asked = asks(specialist, index === 0 ? afterS + 90 : 90);
    const input = { consultationId, annotationId: randomUUID(), target, shape };
    const { revision } = await putAnnotation(parts, asked, input, '');
    const by = { authorId: specialist.accountId, authorName: specialist.name };
    annotations.push({ ...input, revision, ...by, changedAt: asked.at.toISOString() });
  }
  return annotations;
}

async function sign(
  { parts, specialist, asks }: Play,
  consultationId: string,
  { findings, diagnosis, recommendations, picture }: DemoAnswer,
  annotations: Annotation[],
): Promise<Recommendation[]> {
  const { target, viewport, measurements, caption, png, widthPx, heightPx } = picture;
  const imageSha256 = createHash('sha256').update(png).digest('hex');
  const images = { work: parts.work, files: parts.studies.files };
  await putKeyImage(images, asks(specialist, 2 * MINUTE_S), consultationId, imageSha256, oneChunk(png));
  const keyImage: KeyImage = {
    keyImageId: randomUUID(),
    target,
    viewport,
    annotations,
    measurements,
    caption,
    imageSha256,
    widthPx,
    heightPx,
  };
  const opinion = {
    findings,
    diagnosis,
    recommendations: recommendations.map(({ text }) => ({ recommendationId: randomUUID(), text })),
    keyImages: [keyImage],
  };
  const asked = asks(specialist, 4 * MINUTE_S);
  const { version } = await saveOpinion(parts, asked, consultationId, { ...opinion, version: 0 });
  await signReport(parts, asks(specialist, MINUTE_S), consultationId, { version, password: DEMO_PASSWORD });
  return opinion.recommendations;
}

async function* oneChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
