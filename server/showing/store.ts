import type { Presenter, Shape, ShowingEvent, ShownMark, TimedShowingEvent, Viewport } from '../contract/index.ts';

/** How it stands with what is shown in one demonstration. */
export interface StoredShowing {
  demonstrationId: string;
  /** null: nothing is shown. */
  materialId: string | null;
  presenter: Presenter | null;
  viewport: Viewport | null;
  /** Accounts that moderator or deputy let show, beside those whose part in it lets them. */
  named: string[];
  /** Rises by one each time it is kept. */
  version: number;
}

export type StoredMark = Omit<ShownMark, 'authorName' | 'changedByName'>;

/** An event as it is kept. What somebody did to a mark names the act, so that it is done once and can be taken back. */
export interface StoredShowingEvent {
  /** Sorts as the events happened. */
  eventId: string;
  demonstrationId: string;
  at: string;
  event: ShowingEvent;
  act: { actId: string; accountId: string; before: Shape | null } | null;
}

/** A still of the operation, which the audience has seen live as it is. */
export interface Still {
  demonstrationId: string;
  materialId: string;
  takenBy: string;
  takenAt: string;
}

export interface EventPage {
  afterId?: string;
  untilId?: string;
  kinds?: readonly ShowingEvent['kind'][];
  limit: number;
  isNewest?: boolean;
}
export type ListedEvent = TimedShowingEvent & { eventId: string };

export interface ShowingStore {
  /** One that is there stays as it is. */
  addStill(still: Still): Promise<void>;
  /** @returns whether there was one. */
  removeStill(demonstrationId: string, materialId: string): Promise<boolean>;
  /** As they were taken. */
  listStills(demonstrationId: string): Promise<Still[]>;

  /** Of one in which nothing was shown yet: nothing. Writers hold the demonstration's row. */
  find(demonstrationId: string): Promise<StoredShowing>;
  /** All of it; a viewport only where it is null: what the presenter shows is written by itself. */
  save(showing: StoredShowing): Promise<void>;
  /** Keeps what the presenter's window shows. @returns false where it presents no more. */
  saveViewport(demonstrationId: string, peerId: string, viewport: Viewport): Promise<boolean>;
  /** In which something is shown. */
  listShown(): Promise<StoredShowing[]>;

  /** Of the marks: rises by one with each change. Whoever asks for the next one holds the demonstration's row. */
  nextRevision(demonstrationId: string): Promise<number>;
  lastRevision(demonstrationId: string): Promise<number>;
  findMark(demonstrationId: string, annotationId: string): Promise<StoredMark | undefined>;
  /** Writes the mark, whether it was there or not. */
  saveMark(mark: StoredMark): Promise<void>;
  /** In order of revision, those taken away too. */
  listMarksSince(demonstrationId: string, revision: number): Promise<StoredMark[]>;
  countMarks(demonstrationId: string): Promise<number>;

  /** Those that are there already stay as they are. */
  addEvents(events: readonly StoredShowingEvent[]): Promise<void>;
  findAct(demonstrationId: string, actId: string): Promise<StoredShowingEvent | undefined>;
  /** In their order, those after `afterId`, before `untilId` and of these kinds alone, at most `limit`: the first of them, or the newest. */
  listEvents(demonstrationId: string, page: EventPage): Promise<ListedEvent[]>;
}
