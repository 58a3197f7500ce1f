import type { HallProgram, RecordingFault, ReplayDraft } from '../contract/index.ts';

/** One recording of a demonstration, from its order to its end. The files lie under its id. */
export interface Recording {
  recordingId: string;
  demonstrationId: string;
  startedBy: string;
  startedAt: string;
  /** Once the sfu has confirmed it. */
  stoppedAt: string | null;
  /** Since then nobody sees or hears any of it: the patient took the consent back. */
  sealedAt: string | null;
  fault: RecordingFault | null;
}

/** What was on air from then on. */
export interface StoredProgram {
  demonstrationId: string;
  at: string;
  program: HallProgram;
}

/** What was decided of a demonstration's replay. */
export interface Replay extends ReplayDraft {
  demonstrationId: string;
  openedBy: string;
  openedAt: string;
  publishedBy: string | null;
  publishedAt: string | null;
}

export interface RecordingStore {
  insert(recording: Recording): Promise<void>;
  /** The oldest first. */
  listOf(demonstrationId: string): Promise<Recording[]>;
  /** Those that have not been stopped, of whichever demonstration. */
  listOpen(): Promise<Recording[]>;
  putFault(recordingId: string, fault: RecordingFault | null): Promise<void>;
  stop(recordingId: string, at: string): Promise<void>;
  /** All of the demonstration that are not sealed yet. @returns how many those were */
  seal(demonstrationId: string, at: string): Promise<number>;
  noteProgram(program: StoredProgram): Promise<void>;
  listPrograms(demonstrationId: string): Promise<StoredProgram[]>;
  findReplay(demonstrationId: string): Promise<Replay | undefined>;
  putReplay(replay: Replay): Promise<void>;
}
