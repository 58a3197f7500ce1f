import type { Viewport } from '../contract/index.ts';
import type { StoredAct, StoredAnnotation } from './board.ts';
import type { Presenting } from './presenting.ts';

export interface ReviewStore {
  /** The board's next revision; writers of one board wait for each other until their transactions end. */
  nextRevision(consultationId: string): Promise<number>;
  lastRevision(consultationId: string): Promise<number>;
  findAnnotation(consultationId: string, annotationId: string): Promise<StoredAnnotation | undefined>;
  /** Writes the annotation, whether it was there or not. */
  saveAnnotation(annotation: StoredAnnotation): Promise<void>;
  /** In order of revision, tombstones too. */
  listAnnotationsSince(consultationId: string, revision: number): Promise<StoredAnnotation[]>;
  countAnnotations(consultationId: string): Promise<number>;

  findAct(consultationId: string, actId: string): Promise<StoredAct | undefined>;
  /** Writes the act, whether it was there or not. */
  saveAct(act: StoredAct): Promise<void>;
  /** The person's last acts in the case, oldest first. */
  listActs(consultationId: string, accountId: string, count: number): Promise<StoredAct[]>;
  /** A new act makes those that were taken back go for good; of the others the last `keep` stay. */
  trimActs(consultationId: string, accountId: string, keep: number): Promise<void>;

  findPresenting(consultationId: string): Promise<{ presenting: Presenting; viewport: Viewport | null }>;
  /** As `findPresenting`, and nobody else writes it until the transaction ends. */
  lockPresenting(consultationId: string): Promise<{ presenting: Presenting; viewport: Viewport | null }>;
  savePresenting(consultationId: string, presenting: Presenting): Promise<void>;
  /** Keeps what the presenter shows. @returns false where this window presents no more. */
  saveViewport(consultationId: string, peerId: string, viewport: Viewport): Promise<boolean>;
}
