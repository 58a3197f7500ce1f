import type { Asked } from '../access/asked.ts';
import type { LiveChatLine, ReactionKind } from '../contract/index.ts';
import type { DemonstrationParts, DemonstrationStores } from '../demonstrations/parts.ts';
import type { Work } from '../store/stores.ts';

export type AskingStores = DemonstrationStores;

/** `desk`: what those see who moderate. */
export type AskingPart = 'screen' | 'poll' | 'hands' | 'pace' | 'desk';

export interface Happened {
  questionIds?: readonly string[];
  parts?: readonly AskingPart[];
  line?: LiveChatLine;
  removedId?: string;
}

/** Tells the windows of a demonstration together what happened within half a second, from what the database has then. */
export interface AskingNews {
  changed(demonstrationId: string, happened: Happened): void;
  reacted(demonstrationId: string, kind: ReactionKind): void;
  /** Resolves once all that is counted is kept. */
  close(): Promise<void>;
}

export interface AskingParts extends DemonstrationParts {
  work: Work<keyof AskingStores>;
  news: AskingNews;
  /** Another question stands before everybody, or none: kept for whoever sees it again. */
  onScreen(demonstrationId: string, questionId: string | null): void;
  /** The word in the hall. */
  voices: {
    /** @throws Failure conflict / voices-full; not-found for whoever is not enrolled */
    give(asked: Asked, whose: { demonstrationId: string; accountId: string }): Promise<void>;
    take(asked: Asked, whose: { demonstrationId: string; accountId: string }): Promise<void>;
    /** The caller's own. */
    giveBack(asked: Asked, demonstrationId: string): Promise<void>;
  };
}
