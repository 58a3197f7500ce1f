import type { Logger } from '../runtime/log.ts';
import { type Repeated, repeat } from '../runtime/repeat.ts';
import type { Work } from '../store/stores.ts';
import type { EvidenceFiles } from './evidence-files.ts';

export interface EarlierEvidenceParts {
  work: Work<'consents'>;
  evidence: EvidenceFiles;
  log: Logger;
  /** How soon it is looked again for what could not be sealed yet. */
  everyMs?: number;
}

const HOUR_MS = 3_600_000;
const AT_ONCE = 200;

/** Seals, beside whatever else the server does, the evidence that earlier versions left in the clear. */
export function startSealingEarlier(parts: EarlierEvidenceParts): Repeated {
  const { log, everyMs = HOUR_MS } = parts;
  let isClosed = false;
  let isDone = false;
  const sealing = repeat(
    async () => {
      if (!isDone) isDone = await sealAll(parts, () => isClosed);
    },
    { everyMs, firstAfterMs: 0, log, what: 'earlier evidence of consents could not be sealed' },
  );
  return {
    async close() {
      isClosed = true;
      await sealing.close();
    },
  };
}

/** @returns whether nothing is left that a later look could seal. */
async function sealAll({ work, evidence, log }: EarlierEvidenceParts, isClosed: () => boolean): Promise<boolean> {
  const { consents } = work.read;
  let sealed = 0;
  let left = 0;
  let last = '';
  for (let hashes = await consents.listEvidenceHashes(last, AT_ONCE); hashes.length > 0; ) {
    for (const sha256 of hashes) {
      if (isClosed()) return false;
      try {
        const outcome = await evidence.sealEarlier(sha256, () => consents.isNamedElsewhere(sha256));
        if (outcome === 'sealed') sealed += 1;
        if (outcome === 'young') left += 1;
      } catch (err) {
        // One bad file does not keep the others in the clear.
        left += 1;
        log.error({ err, sha256 }, 'evidence of a consent could not be sealed');
      }
    }
    last = hashes.at(-1) ?? last;
    hashes = await consents.listEvidenceHashes(last, AT_ONCE);
  }
  if (sealed > 0) log.info({ sealed, left }, 'evidence of consents was sealed');
  return left === 0;
}
