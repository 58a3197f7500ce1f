import type { AuditFault } from '../contract/index.ts';
import { type ChainedAccess, type ChainedEntry, type ChainHead, GENESIS_HASH, hashAccess, hashEntry } from './chain.ts';
import type { AuditStore } from './store.ts';

/** One head as it was signed and kept outside the database. */
export interface KeptHead extends ChainHead {
  at: string;
}

/** Enough to see what has happened; a trail that was cut to pieces needs no longer list. */
const MAX_FAULTS = 50;

interface Link {
  number: number;
  previousHash: string;
  hash: string;
  /** What the hash should be after this one. */
  hashAfter(previousHash: string): string;
}

interface Chain {
  trail: 'acts' | 'accesses';
  links: AsyncIterable<Link>;
  head: ChainHead;
  /** Oldest first. */
  kept: readonly KeptHead[];
}

/**
 * What is wrong with both trails, oldest first: entries that are gone, that are not what was hashed, or that are not what was
 * signed outside the database. Nothing: they hold from the first entry to the head, and agree with every kept head.
 */
export async function findFaults(
  audit: Pick<AuditStore, 'walk' | 'head' | 'walkAccesses' | 'accessHead'>,
  kept: { acts: readonly KeptHead[]; accesses: readonly KeptHead[] } = { acts: [], accesses: [] },
): Promise<{ acts: ChainHead; accesses: ChainHead; faults: AuditFault[] }> {
  // The heads first: entries that are added while the chains are walked lie beyond them.
  const [acts, accesses] = [await audit.head(), await audit.accessHead()];
  const faults = [
    ...(await examine({ trail: 'acts', links: actLinks(audit.walk(acts.sequence)), head: acts, kept: kept.acts })),
    ...(await examine({
      trail: 'accesses',
      links: accessLinks(audit.walkAccesses(accesses.sequence)),
      head: accesses,
      kept: kept.accesses,
    })),
  ];
  return { acts, accesses, faults: faults.slice(0, MAX_FAULTS) };
}

async function examine({ trail, links, head, kept }: Chain): Promise<AuditFault[]> {
  const faults: AuditFault[] = [];
  // One number may have been signed twice, before and after it was made anew.
  const signed = new Map<number, KeptHead[]>();
  for (const one of kept) signed.set(one.sequence, [...(signed.get(one.sequence) ?? []), one]);
  let [last, previousHash] = [0, GENESIS_HASH];
  let rewrittenFrom: number | undefined = 1;
  for await (const link of links) {
    const { number } = link;
    if (number > last + 1) faults.push(missing(trail, last + 1, number - 1, kept));
    else if (link.previousHash !== previousHash)
      faults.push({ trail, kind: 'changed', from: number, to: number, at: null });
    if (link.hashAfter(link.previousHash) !== link.hash)
      faults.push({ trail, kind: 'changed', from: number, to: number, at: null });
    const marks = signed.get(number);
    const broken = marks?.find(({ hash }) => hash !== link.hash);
    if (broken && rewrittenFrom !== undefined) {
      faults.push({ trail, kind: 'rewritten', from: rewrittenFrom, to: number, at: broken.at });
      // From here on every older head differs for the same reason.
      rewrittenFrom = undefined;
    } else if (marks && rewrittenFrom !== undefined) rewrittenFrom = number + 1;
    [last, previousHash] = [number, link.hash];
    if (faults.length > MAX_FAULTS) return faults;
  }
  const end = Math.max(head.sequence, ...kept.map(({ sequence }) => sequence));
  if (end > last) faults.push(missing(trail, last + 1, end, kept));
  else if (head.hash !== previousHash) faults.push({ trail, kind: 'changed', from: last, to: last, at: null });
  return dropRepeated(faults);
}

/** `at`: when it was last known to be there, where that was kept outside the database. */
function missing(trail: Chain['trail'], from: number, to: number, kept: readonly KeptHead[]): AuditFault {
  return { trail, kind: 'missing', from, to, at: kept.findLast(({ sequence }) => sequence >= from)?.at ?? null };
}

/** One entry that is changed shows twice: by its own hash, and by the next one's. */
function dropRepeated(faults: AuditFault[]): AuditFault[] {
  return faults.filter((one, index) => {
    const before = faults[index - 1];
    return !(before?.kind === 'changed' && one.kind === 'changed' && before.from === one.from);
  });
}

async function* actLinks(entries: AsyncIterable<ChainedEntry>): AsyncGenerator<Link> {
  for await (const entry of entries)
    yield { ...entry, number: entry.sequence, hashAfter: (previousHash) => hashEntry(entry, previousHash) };
}

async function* accessLinks(entries: AsyncIterable<ChainedAccess>): AsyncGenerator<Link> {
  for await (const entry of entries)
    yield { ...entry, number: entry.position, hashAfter: (previousHash) => hashAccess(entry, previousHash) };
}
