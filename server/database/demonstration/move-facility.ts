import { type EntityManager, In } from 'typeorm';
import { VoiceRow } from './hall-rows.ts';
import { DemonstrationAudienceRow, DemonstrationEnrolmentRow, DemonstrationRow, DemonstrationSeatRow } from './rows.ts';

/** Of what has ended it stays known where people were from. */
const GOING_ON = ['planned', 'approved', 'enrolling', 'live'] as const;

export async function moveFacility(manager: EntityManager, from: string, to: string): Promise<void> {
  const going = await manager.find(DemonstrationRow, {
    select: { demonstrationId: true },
    where: { state: In([...GOING_ON]) },
  });
  if (going.length === 0) return;
  const demonstrationId = In(going.map((one) => one.demonstrationId));
  const [here, there] = [{ facilityId: from, demonstrationId }, { facilityId: to }];
  await manager.update(DemonstrationRow, here, there);
  await manager.update(DemonstrationSeatRow, here, there);
  await manager.update(DemonstrationEnrolmentRow, here, there);
  await manager.update(VoiceRow, here, there);
  await manager.update(DemonstrationAudienceRow, { kind: 'facility', id: from, demonstrationId }, { id: to });
}
