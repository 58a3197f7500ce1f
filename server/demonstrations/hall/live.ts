import { findPeople } from '../../accounts/person.ts';
import type { DemonstrationLive, VoiceView } from '../../contract/index.ts';
import type { Demonstration } from '../demonstration.ts';
import type { DemonstrationStores } from '../parts.ts';

type LiveStores = Pick<DemonstrationStores, 'accounts' | 'facilities' | 'halls' | 'recordings'>;

/** How it stands in the hall, for whoever may enter it. */
export async function toLive(
  stores: LiveStores,
  { demonstrationId, beganAt }: Pick<Demonstration, 'demonstrationId' | 'beganAt'>,
): Promise<DemonstrationLive> {
  const { program, cut, untoldCut } = await stores.halls.find(demonstrationId);
  const recording = (await stores.recordings.listOf(demonstrationId)).find(({ stoppedAt }) => stoppedAt === null);
  return {
    beganAt,
    program,
    cut,
    untoldCut: untoldCut && { picture: untoldCut.picture, sound: untoldCut.sound },
    voices: await listVoices(stores, demonstrationId),
    isRecorded: recording !== undefined && recording.fault === null,
    recordingFault: recording?.fault ?? null,
  };
}

export async function listVoices(stores: LiveStores, demonstrationId: string): Promise<VoiceView[]> {
  const voices = await stores.halls.listVoices(demonstrationId);
  const people = await findPeople(stores, voices);
  return voices.flatMap(({ accountId, sources, givenAt }) => {
    const person = people.get(accountId);
    return person ? [{ person, sources, givenAt }] : [];
  });
}
