import type { FailureCode, FailureReason, SlideView } from '../../contract/index.ts';
import type { VoiWindow } from '../../imaging/image.ts';
import type { Picture } from '../../pathology/slide.ts';
import type { Inspection } from '../inspection.ts';

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

/** The files that a slide is made of, in any order. */
export interface SlideFiles {
  files: LocalFile[];
}

/** A slide as its files say it; `associated`: all of them, whoever may see them. */
export type SlideDescription = Omit<SlideView, 'slideId' | 'revision'>;

/** What is done off the event loop: all that parses, decodes or draws a file that somebody sent. */
export interface Tasks {
  inspect: { input: LocalFile; output: Inspection };
  /** `asStored`: encoded as they lie in the file; otherwise samples, little endian. */
  frames: {
    input: LocalFile & { frames: number[]; asStored: boolean };
    output: Uint8Array[];
  };
  render: { input: LocalFile & Rendering; output: Uint8Array };
  /** The value of an element that metadata gives by reference. */
  bulk: { input: LocalFile & { path: string; element: string }; output: Uint8Array };
  /** An ECG in the form of `server/ecg/wire.ts`. */
  ecg: { input: LocalFile; output: Uint8Array };
  slide: { input: SlideFiles; output: SlideDescription };
  /** In Deep Zoom's numbers. */
  tile: { input: SlideFiles & { level: number; column: number; row: number }; output: Picture };
  'slide-thumbnail': { input: SlideFiles; output: Picture };
  'slide-associated': { input: SlideFiles & { index: number }; output: Picture };
}

export type TaskName = keyof Tasks;
export type TaskInput<N extends TaskName> = Tasks[N]['input'];
export type TaskOutput<N extends TaskName> = Tasks[N]['output'];
export type TaskHandlers = { [N in TaskName]: (input: TaskInput<N>) => Promise<TaskOutput<N>> };

export interface TaskRequest {
  taskId: number;
  name: TaskName;
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
