import { readFile } from 'node:fs/promises';
import type { Stores } from '../store/stores.ts';
import { evidencePath, unlessMissing, writeSealed } from './evidence-files.ts';
import type { EvidenceSeal } from './evidence-seal.ts';

const AT_ONCE = 200;

/** Of files of evidence. */
export interface ResealedEvidence {
  resealed: number;
  /** Hashes of those that open under neither key; they stay as they are. */
  damaged: string[];
}

/**
 * Puts the files that consents are proven by under another key, each at once as a whole. Done again, it leaves what is under the new key.
 * What is not sealed yet, from before evidence was, is left for the server, which seals it under the key that it has.
 */
export async function resealEvidence(
  { consents }: Pick<Stores, 'consents'>,
  dataDir: string,
  { from, to }: { from: EvidenceSeal; to: EvidenceSeal },
): Promise<ResealedEvidence> {
  const done: ResealedEvidence = { resealed: 0, damaged: [] };
  let hashes = await consents.listEvidenceHashes('', AT_ONCE);
  while (hashes.length > 0) {
    for (const sha256 of hashes) {
      const sealed = await readFile(evidencePath(dataDir, sha256)).catch(unlessMissing);
      if (!sealed || to.isOwn(sealed)) continue;
      const plain = openOrUndefined(from, sealed, sha256);
      if (!plain) done.damaged.push(sha256);
      else {
        await writeSealed(dataDir, sha256, to.seal(plain, sha256));
        done.resealed += 1;
      }
    }
    hashes = await consents.listEvidenceHashes(hashes.at(-1) ?? '', AT_ONCE);
  }
  return done;
}

/** One bad file does not keep the others under a key that is to go: it is named at the end. */
function openOrUndefined(seal: EvidenceSeal, sealed: Buffer, sha256: string): Buffer | undefined {
  try {
    return seal.open(sealed, sha256);
  } catch {
    return undefined;
  }
}
