/** One line of the answer. `value` is the median where there are several samples. */
export interface Figure {
  bench: string;
  metric: string;
  value: number;
  unit: string;
  p50?: number;
  p95?: number;
  p99?: number;
  max?: number;
  n?: number;
  /** What `p95`, or `value` where there is only one, should stay under (over, for a rate). */
  aim?: number;
}

export interface Report {
  /** One number. */
  value(metric: string, value: number, unit: string, aim?: number): void;
  /** Many samples of one thing. */
  samples(metric: string, samples: number[], unit: string, aim?: number): void;
  /** What is going on, for whoever watches; to standard error. */
  say(text: string): void;
}

/** Prints one JSON object a line to standard output, and nothing else there. */
export function createReport(bench: string): Report {
  const print = (figure: Omit<Figure, 'bench'>) =>
    void process.stdout.write(`${JSON.stringify({ bench, ...figure } satisfies Figure)}\n`);
  return {
    value: (metric, value, unit, aim) =>
      print({ metric, value: rounded(value), unit, ...(aim === undefined ? {} : { aim }) }),
    samples(metric, samples, unit, aim) {
      if (samples.length === 0) throw new Error(`${metric}: nothing was measured`);
      const at = (part: number) => rounded(quantile(samples, part));
      const [p50, parts] = [at(0.5), { p95: at(0.95), p99: at(0.99), max: at(1) }];
      print({ metric, value: p50, unit, p50, ...parts, n: samples.length, ...(aim === undefined ? {} : { aim }) });
    },
    say: (text) => void process.stderr.write(`${bench}: ${text}\n`),
  };
}

/** By the nearest rank: a value that was really measured. */
export function quantile(samples: number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/**
 * Measures until there are enough samples, or the time is up: on a slow machine there are fewer of them.
 * @param measure gets the sample's number from 0
 */
export async function repeat<T>(count: number, limitMs: number, measure: (index: number) => Promise<T>): Promise<T[]> {
  const untilMs = performance.now() + limitMs;
  const samples: T[] = [];
  while (samples.length < count && performance.now() < untilMs) samples.push(await measure(samples.length));
  return samples;
}
