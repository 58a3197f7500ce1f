import type { CutOrder } from '../../../sfu/contract/cut-order.ts';
import type { CutState, HallProgram, VoiceInput } from '../../contract/index.ts';

/** What of a hall outlives servers and sfus. */
export interface StoredHall {
  program: HallProgram;
  cut: CutState;
  /** What of it was ordered while the sfu did not answer: it is still to be told, as one order however often. */
  untoldCut: CutOrder | null;
}

/** Somebody of the audience who has the word, for the facility that they enrolled for. */
export interface StoredVoice {
  demonstrationId: string;
  accountId: string;
  facilityId: string;
  sources: VoiceInput['sources'];
  givenBy: string;
  givenAt: string;
}

export interface HallStore {
  /** Of one that nothing was ordered of: nothing on air, nothing cut. */
  find(demonstrationId: string): Promise<StoredHall>;
  putProgram(demonstrationId: string, program: HallProgram): Promise<void>;
  putCut(demonstrationId: string, cut: CutState, untoldCut: CutOrder | null): Promise<void>;
  /** In the order in which they were given. */
  listVoices(demonstrationId: string): Promise<StoredVoice[]>;
  /** Of somebody who has one already: as it is now. */
  putVoice(voice: StoredVoice): Promise<void>;
  /** @returns whether there was one. */
  removeVoice(demonstrationId: string, accountId: string): Promise<boolean>;
}
