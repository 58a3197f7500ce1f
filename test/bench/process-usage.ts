import { readFileSync } from 'node:fs';

/** Of Linux, on every machine that has one: USER_HZ. */
const TICKS_PER_S = 100;

/** Processor seconds that a process has used so far, its threads included, its children not. */
export function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in brackets may contain spaces; utime and stime are the 14th and 15th fields (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
}

/** Memory that a process has in use, in MiB. */
export function residentMib(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1024;
}

/** Percent of one core that processes take, from now to the call of the answer. */
export function watchProcessor(pids: number[]): () => number[] {
  const startMs = performance.now();
  const before = pids.map(processorSeconds);
  return () => {
    const seconds = (performance.now() - startMs) / 1000;
    return pids.map((pid, index) => ((processorSeconds(pid) - (before[index] ?? 0)) / seconds) * 100);
  };
}
