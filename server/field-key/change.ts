import { randomUUID } from 'node:crypto';
import { recordAct } from '../audit/record.ts';
import type { Config } from '../config.ts';
import { createEvidenceSeal } from '../consents/evidence-seal.ts';
import { type ResealedEvidence, resealEvidence } from '../consents/reseal-evidence.ts';
import { resealDatabase } from '../database/field-key/reseal.ts';
import type { TellProgress } from '../database/field-key/walk.ts';
import { createFieldSeal } from '../patients/seal.ts';
import type { Stores } from '../store/stores.ts';
import { type KeyPlace, type KeySettings, loadFieldSecrets, settleKeyFile } from './keys.ts';

export interface FieldKeyChange extends ResealedEvidence {
  /** People whose recovery codes ended: they print new ones. */
  recoveryCodesOf: number;
  /** Where servers find the new key. */
  place: KeyPlace;
  /** Opens backups from before. undefined: it was in no file. */
  formerFile: string | undefined;
}

/**
 * Puts all that is sealed, in the database and on the disk, under another key, with its blind indices. No server may run meanwhile; it may
 * break off anywhere and goes on when it is called again. The operator's acts stand in the chain.
 * @throws ResealRefused; Error where the database was filled under neither key
 */
export async function changeFieldKey(
  settings: KeySettings & Pick<Config, 'databaseUrl'>,
  { operator, tell }: { operator: string; tell: TellProgress },
): Promise<FieldKeyChange> {
  const secrets = await loadFieldSecrets(settings);
  const keys = { from: createFieldSeal(secrets.from.secret), to: createFieldSeal(secrets.to.secret) };
  const done = { recoveryCodesOf: 0, resealed: 0, damaged: [] as string[] };
  const record = ({ audit }: Stores, action: string, detail: Record<string, unknown>) =>
    recordAct(
      audit,
      { caller: null, requestId: randomUUID(), at: new Date() },
      {
        action,
        subjectKind: 'network',
        subjectId: 'field-key',
        detail: { operator, formerKey: keys.from.keyId, newKey: keys.to.keyId, ...detail },
      },
    );
  await resealDatabase(settings.databaseUrl, {
    keys,
    tell,
    async onBegun(stores, recoveryCodesOf) {
      done.recoveryCodesOf = recoveryCodesOf;
      await record(stores, 'field-key:begin-change', { recoveryCodesOf });
    },
    async resealFiles(stores) {
      const seals = { from: createEvidenceSeal(secrets.from.secret), to: createEvidenceSeal(secrets.to.secret) };
      Object.assign(done, await resealEvidence(stores, settings.dataDir, seals));
    },
    onDone: (stores) => record(stores, 'field-key:change', { evidence: done.resealed, damaged: done.damaged.length }),
  });
  const formerFile = await settleKeyFile(settings.dataDir, secrets);
  return { ...done, place: secrets.to.place, formerFile };
}
