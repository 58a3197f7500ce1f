import type { FailureCode, FailureReason } from '../../contract/failure.ts';
import type { VoiWindow } from '../../formats/image/image.ts';

/** A file on this machine's disk. */
export interface LocalFile {
  path: string;
  sizeBytes: number;
}

/** A part of the source in its own pixels; `flip…`: mirrored. */
export interface SourceRegion {
  left: number;
  top: number;
  width: number;
  height: number;
  flipHorizontal: boolean;
  flipVertical: boolean;
}

export interface Rendering {
  mediaType: 'image/jpeg' | 'image/png';
  /** From 1; null: the one that stands for the image. */
  frame: number | null;
  /** null: as the image itself says. */
  window: VoiWindow | null;
  /** The picture fits into it with its shape kept; null: pixel for pixel. */
  viewport: { width: number; height: number; region: SourceRegion | null } | null;
  /** Of JPEG, 1 to 100. */
  quality: number;
}

/** Work by name: each task takes one input that can be copied to another thread. */
// biome-ignore lint/suspicious/noExplicitAny: what a task takes is its own affair; `ImagingPool.run` knows it from the table it is named in.
export type WorkerTasks = Record<string, (input: any) => Promise<unknown>>;

export interface TaskRequest {
  taskId: number;
  name: string;
  input: unknown;
}

export type TaskReply =
  | { taskId: number; ok: true; value: unknown }
  | { taskId: number; ok: false; failure: ThrownFailure | null; error: string };

/** A Failure as it crosses between threads. */
export interface ThrownFailure {
  code: FailureCode;
  message: string;
  reason: FailureReason | undefined;
}
