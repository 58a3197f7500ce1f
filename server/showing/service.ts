import type { FindShown } from '../archive/picture-home.ts';
import type { CaseMaterials } from '../cases/parts.ts';
import type { DemonstrationParts } from '../demonstrations/parts.ts';
import type { Repeated } from '../runtime/repeat.ts';
import { createField, type Field } from './field.ts';
import { createLead, type Lead } from './lead.ts';
import type { OpenParts } from './open-use-case.ts';
import type { ShowingParts } from './parts.ts';
import { type ReadMaterialText, startRechecking } from './recheck.ts';
import { loseSeats } from './seat-lost.ts';
import { createShowables } from './showable.ts';
import { type FindSeenAgain, findShownPictures } from './shown-pictures.ts';
import { createShowingStream } from './stream.ts';
import { startTakingOff, tellAnew } from './take-off.ts';

/** All that belongs to what demonstrations show: sockets, routes and pictures use the same one. */
export interface ShowingService {
  parts: OpenParts;
  lead: Lead;
  field: Field;
  findShown: FindShown;
  /** There is more, or less, to be shown than before. */
  tellAnew(demonstrationId: string): Promise<void>;
  /** These people have a seat less, or none. */
  loseSeats(demonstrationId: string, accountIds: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

interface ServiceParts extends Omit<DemonstrationParts, 'work'> {
  work: ShowingParts['work'];
  findSeenAgain: FindSeenAgain;
  sockets: { others: OtherServers };
}

/** What is shown of a demonstration, or who shows it, is another one now. */
export interface OtherServers {
  tellShowing(demonstrationId: string): void;
  onShowing(listener: (demonstrationId: string) => void): void;
}

export function openShowings(
  given: ServiceParts,
  studies: CaseMaterials & Pick<OpenParts, 'recordRead'>,
  readMaterialText: ReadMaterialText,
): ShowingService {
  const base = createShowables(studies);
  const stream = createShowingStream(given);
  const forget = (demonstrationId: string): void => {
    base.forget(demonstrationId);
    lead.forget(demonstrationId);
    shown.forget(demonstrationId);
  };
  given.sockets.others.onShowing(forget);
  // Every change forgets what may be shown, on every server: with it goes what is believed of who shows what to whom.
  const showables: typeof base = {
    ...base,
    forget(demonstrationId) {
      forget(demonstrationId);
      given.sockets.others.tellShowing(demonstrationId);
    },
  };
  const parts: OpenParts = { ...given, pictures: studies, recordRead: studies.recordRead, showables, stream };
  const lead = createLead(parts);
  const field = createField(parts, lead);
  const shown = findShownPictures({ ...parts, findSeenAgain: given.findSeenAgain });
  const takingOff: Repeated = startTakingOff(parts);
  const rechecking: Repeated = startRechecking(parts, readMaterialText);
  return {
    parts,
    lead,
    field,
    findShown: shown.find,
    tellAnew: (demonstrationId) => tellAnew(parts, demonstrationId),
    loseSeats: (demonstrationId, accountIds) => loseSeats(parts, demonstrationId, accountIds),
    async close() {
      await takingOff.close();
      await rechecking.close();
      await stream.close();
    },
  };
}
