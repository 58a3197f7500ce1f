import { createHash } from 'node:crypto';
import { createConsultation, saveConsultation, submitConsultation } from '../cases/draft-use-cases.ts';
import type { DemoCase } from './demo-case.ts';
import { demoFacilities } from './network.ts';
import type { Play } from './play.ts';

/** Seconds the county physician takes for the text, and at the end to read it over. */
const WRITING_S = 240;
const READING_OVER_S = 30;

/** Scene one: the application is written, the pictures are sent, the case is submitted. @returns its id. */
export async function requestConsultation(play: Play, { beginsAt, application, files }: DemoCase): Promise<string> {
  const { parts, clock, county, asks } = play;
  clock.moveTo(beginsAt);
  const { consultationId, version } = await createConsultation(parts, asks(county, 1));
  const draft = { ...application, version, invitedFacilityId: demoFacilities.province.facilityId };
  const saved = await saveConsultation(parts, asks(county, WRITING_S), consultationId, draft);
  for (const { name, bytes } of files) {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const announced = { name, sizeBytes: bytes.length, sha256 };
    const { uploadId } = await parts.studies.uploads.announce(asks(county, 0.5), consultationId, announced);
    await parts.studies.uploads.receive(asks(county, 1), uploadId, { offset: 0, bytes, sha256 });
  }
  await submitConsultation(parts, asks(county, READING_OVER_S), consultationId, saved.version);
  return consultationId;
}
