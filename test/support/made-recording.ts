import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { writeComputedTrack } from '../../server/demo/computed-track.ts';
import type { RunningServer } from './start-server.ts';

/** A recording as the sfu leaves it, of computed pictures; made in a moment, not in as long as it lasts. */
export async function makeRecording(
  server: RunningServer,
  {
    demonstrationId,
    accountId,
    began,
    seconds,
  }: { demonstrationId: string; accountId: string; began: Date; seconds: number },
): Promise<string> {
  const recordingId = randomUUID();
  const folder = join(server.dataDir, 'recordings', recordingId);
  const inputs = {
    field: `testsrc=size=640x360:rate=10:duration=${seconds}`,
    room: `testsrc2=size=320x180:rate=10:duration=${seconds}`,
    audio: `sine=frequency=440:beep_factor=4:duration=${seconds}`,
  } as const;
  for (const source of ['field', 'room', 'audio'] as const)
    await writeComputedTrack(folder, { source, input: inputs[source], began, accountId });
  await server.database.write(({ recordings }) =>
    recordings.insert({
      recordingId,
      demonstrationId,
      startedBy: accountId,
      startedAt: began.toISOString(),
      stoppedAt: new Date(began.getTime() + seconds * 1000).toISOString(),
      sealedAt: null,
      fault: null,
    }),
  );
  return recordingId;
}
