import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditFault } from '../contract/index.ts';
import type { Logger } from '../runtime/log.ts';
import { createKeyedMutex } from '../runtime/mutex.ts';
import { PRIVATE_FILE_MODE, PRIVATE_FOLDER_MODE } from '../runtime/private-folder.ts';
import { type Anchor, type AnchorKey, hashLine, readAnchor, writeAnchor } from './anchor.ts';
import { GENESIS_HASH } from './chain.ts';
import type { AuditStore } from './store.ts';

export interface AnchorKeeperParts {
  audit: Pick<AuditStore, 'head' | 'accessHead'>;
  key: AnchorKey;
  clock: () => Date;
  log: Logger;
  /** Anchors go into `audit-anchors/` in here. */
  dataDir: string;
  everyMs: number;
}

export interface AnchorKeeper {
  /** Signs the heads as they are now and keeps them outside the database, unless they are kept already. */
  keep(): Promise<void>;
  /** Every anchor of every process that shares the folder, oldest first, and what is wrong with them. */
  read(): Promise<{ anchors: Anchor[]; faults: AuditFault[] }>;
  close(): Promise<void>;
}

/**
 * Keeps signed heads in files that are only added to, one a process, and in the log, which many hospitals gather elsewhere. What is
 * younger than the last anchor is guarded by the chain alone.
 */
export async function openAnchorKeeper({
  audit,
  key,
  clock,
  log,
  dataDir,
  everyMs,
}: AnchorKeeperParts): Promise<AnchorKeeper> {
  const folder = join(dataDir, 'audit-anchors');
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER_MODE });
  const file = join(folder, `${clock().toISOString().replace(/\W/g, '')}-${randomBytes(3).toString('hex')}.jsonl`);
  const exclusively = createKeyedMutex();
  const found = (await readLines(folder)).flatMap((line) => {
    const anchor = readAnchor(key, line);
    return anchor ? [{ line, anchor }] : [];
  });
  let last = found.toSorted((one, other) => one.anchor.at.localeCompare(other.anchor.at)).at(-1);

  const keep = (): Promise<void> =>
    exclusively(file, async () => {
      const [acts, accesses] = [await audit.head(), await audit.accessHead()];
      if (last?.anchor.acts.hash === acts.hash && last.anchor.accesses.hash === accesses.hash) return;
      const line = writeAnchor(key, { at: clock(), acts, accesses }, last?.line);
      const anchor = readAnchor(key, line);
      if (!anchor) throw new Error('an anchor that was just signed cannot be read');
      await appendFile(file, `${line}\n`, { mode: PRIVATE_FILE_MODE, flush: true });
      last = { line, anchor };
      log.info({ anchor }, 'the heads of the audit trail were signed');
    });

  const timer = setInterval(() => {
    keep().catch((err: unknown) => log.error({ err }, 'the audit trail was not anchored'));
  }, everyMs).unref();

  return {
    keep,
    async read() {
      const lines = await readLines(folder);
      const hashes = new Set([GENESIS_HASH, ...lines.map(hashLine)]);
      const anchors: Anchor[] = [];
      const faults: AuditFault[] = [];
      for (const [index, line] of lines.entries()) {
        const place = { trail: 'anchors' as const, from: index + 1, to: index + 1 };
        const anchor = readAnchor(key, line);
        if (!anchor) faults.push({ ...place, kind: 'changed', at: null });
        else {
          if (!hashes.has(anchor.previous)) faults.push({ ...place, kind: 'missing', at: anchor.at });
          anchors.push(anchor);
        }
      }
      return { anchors: anchors.toSorted((one, other) => one.at.localeCompare(other.at)), faults };
    },
    async close() {
      clearInterval(timer);
      // A database that is gone already must not keep the process from ending.
      await keep().catch((err: unknown) => log.error({ err }, 'the audit trail was not anchored at the end'));
    },
  };
}

/** All lines of all files, in the order of the processes that wrote them. */
async function readLines(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  // A line that a power cut left without its end was never kept.
  return texts.flatMap((text) => text.split('\n').slice(0, -1));
}
