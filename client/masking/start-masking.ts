import { maskInWorker } from './mask-in-worker.ts';
import { maskOnCanvas } from './mask-on-canvas.ts';
import type { Masking, MaskingParts } from './masking.ts';

/** Chromium hands pictures to a worker, which goes on behind other windows; elsewhere they are drawn by the page. */
const canUseWorker = (): boolean => 'MediaStreamTrackProcessor' in window && 'MediaStreamTrackGenerator' in window;

export const startMasking = (parts: MaskingParts): Masking =>
  canUseWorker() ? maskInWorker(parts) : maskOnCanvas(parts);
