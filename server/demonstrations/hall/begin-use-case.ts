import { requireMedia } from '../../../sfu/control.ts';
import type { Asked } from '../../access/asked.ts';
import { type DemonstrationView, Failure } from '../../contract/index.ts';
import { takeStep } from '../course-use-cases.ts';
import { requireVersion } from '../demonstration.ts';
import { getDemonstrationFor } from '../demonstration-access.ts';
import type { HallParts } from './parts.ts';

/**
 * Goes live, only while sound and picture can pass: nobody is called to a demonstration that shows nothing.
 * @throws Failure as `changeDemonstration`, which whoever may not begin hears first; unavailable / media-preparing, media-failed, sfu-unreachable
 */
export async function beginDemonstration(
  parts: HallParts,
  asked: Asked,
  demonstrationId: string,
  { version }: { version: number },
): Promise<DemonstrationView> {
  const options = { at: asked.at };
  const { demonstration } = await getDemonstrationFor(
    parts,
    parts.work.read,
    asked.caller,
    demonstrationId,
    'begin',
    options,
  );
  requireVersion(demonstration, version);
  // The sfu may be another machine: no transaction waits for it.
  await requireHall(parts.sfu);
  return takeStep(parts, asked, demonstrationId, { action: 'begin', version });
}

async function requireHall(sfu: HallParts['sfu']): Promise<void> {
  requireMedia(sfu.readiness());
  if ((await sfu.health()).workers === 0)
    throw new Failure('unavailable', 'the sfu has no media worker now', { reason: 'sfu-unreachable', retryAfterS: 2 });
}
