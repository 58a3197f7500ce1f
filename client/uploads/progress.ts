import type { Failure } from '../../server/contract/failure.ts';
import { type GroupLabel, groupKey, type JobProgress, type JobState, jobKey } from './job.ts';

export interface FileProgress {
  key: string;
  name: string;
  state: JobState;
  receivedBytes: number;
  sizeBytes: number;
  failure: Failure | undefined;
}

export interface Tally {
  fileCount: number;
  storedCount: number;
  refusedCount: number;
  missingCount: number;
  totalBytes: number;
  receivedBytes: number;
}

/** A series, or a slide that is a file by itself. */
export interface GroupProgress extends Tally {
  key: string;
  label: GroupLabel;
  files: FileProgress[];
}

/** `stuck`: all that is left was refused or has to be chosen again. */
export type Phase = 'none' | 'sending' | 'waiting' | 'paused' | 'signed-out' | 'stuck' | 'finished';

export interface CaseProgress extends Tally {
  groups: GroupProgress[];
  phase: Phase;
  /** In phase `waiting`: for what. */
  waitingFor: Failure | undefined;
  bytesPerSecond: number | null;
  remainingMs: number | null;
  /** False: the browser has no room for copies, and after a reload the files have to be chosen again. */
  survivesReload: boolean;
}

export interface QueueState {
  jobs: readonly JobProgress[];
  paused: boolean;
  sessionLost: boolean;
  bytesPerSecond: number | null;
  survivesReload: boolean;
}

/** One case's uploads, added up for people to read. */
export function caseProgress(consultationId: string, queue: QueueState): CaseProgress {
  const jobs = queue.jobs.filter(({ job }) => job.consultationId === consultationId);
  const total = tally(jobs);
  const phase = phaseOf(jobs, total, queue);
  const bytesPerSecond = phase === 'sending' ? queue.bytesPerSecond : null;
  const leftBytes = jobs.reduce(
    (sum, { job, state, receivedBytes }) => (isOpen(state) ? sum + job.sizeBytes - receivedBytes : sum),
    0,
  );
  return {
    ...total,
    groups: groupsOf(jobs),
    phase,
    waitingFor: phase === 'waiting' ? jobs.find(({ failure, state }) => failure && isOpen(state))?.failure : undefined,
    bytesPerSecond,
    remainingMs: bytesPerSecond ? (leftBytes * 1_000) / bytesPerSecond : null,
    survivesReload: queue.survivesReload,
  };
}

const isOpen = (state: JobState) => state === 'waiting' || state === 'sending';

function phaseOf(jobs: readonly JobProgress[], total: Tally, queue: QueueState): Phase {
  if (jobs.length === 0) return 'none';
  if (total.storedCount === total.fileCount) return 'finished';
  if (!jobs.some(({ state }) => isOpen(state))) return 'stuck';
  if (queue.sessionLost) return 'signed-out';
  if (queue.paused) return 'paused';
  const sending = jobs.filter(({ state }) => state === 'sending');
  return sending.length > 0 && sending.every(({ failure }) => failure) ? 'waiting' : 'sending';
}

function tally(jobs: readonly JobProgress[]): Tally {
  const count = (wanted: JobState) => jobs.filter(({ state }) => state === wanted).length;
  return {
    fileCount: jobs.length,
    storedCount: count('stored'),
    refusedCount: count('refused'),
    missingCount: count('missing'),
    totalBytes: jobs.reduce((sum, { job }) => sum + job.sizeBytes, 0),
    receivedBytes: jobs.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0),
  };
}

function groupsOf(jobs: readonly JobProgress[]): GroupProgress[] {
  const groups = new Map<string, JobProgress[]>();
  for (const progress of jobs) {
    const key = groupKey(progress.job);
    const members = groups.get(key);
    if (members) members.push(progress);
    else groups.set(key, [progress]);
  }
  return [...groups].flatMap(([key, members]) => {
    const label = members[0]?.job.group;
    return label ? [{ key, label, ...tally(members), files: members.map(fileProgress) }] : [];
  });
}

function fileProgress({ job, state, receivedBytes, failure }: JobProgress): FileProgress {
  return { key: jobKey(job), name: job.name, state, receivedBytes, sizeBytes: job.sizeBytes, failure };
}
