import { useState } from 'react';
import type { FactorKind, FactorProof } from '../../server/contract/second-factor.ts';
import type { SecurityKeyRequest } from '../../server/contract/security-key.ts';
import { answerByKey } from './security-key.ts';

export const isTotpCode = (typed: string): boolean => /^\d{6}$/.test(typed.normalize('NFKC').replace(/\s/g, ''));

/** A proof as it is being given. */
export interface FactorProofState {
  kind: FactorKind;
  /** The other kinds that the account can prove it with. */
  others: readonly FactorKind[];
  code: string;
  /** Sending was tried, and what is typed is not worth it. */
  isMissing: boolean;
  /** The browser has asked for a key, and got none. */
  isUnused: boolean;
  choose: (kind: FactorKind) => void;
  type: (code: string) => void;
  clear: () => void;
  /** Undefined where there is nothing worth sending. @throws Failure where no challenge could be had */
  take: () => Promise<FactorProof | undefined>;
}

/** @param kinds what the account can prove it with, the best first. @param askChallenge what a key is to answer. @param onChange when another try begins */
export function useFactorProof({
  kinds,
  askChallenge,
  onChange,
}: {
  kinds: readonly FactorKind[];
  askChallenge: () => Promise<SecurityKeyRequest>;
  onChange: () => void;
}): FactorProofState {
  const [chosen, setChosen] = useState<FactorKind>();
  const [code, setCode] = useState('');
  const [checked, setChecked] = useState(false);
  const [isUnused, setUnused] = useState(false);
  const kind = chosen ?? kinds[0] ?? 'totp';
  const restart = () => {
    setChecked(false);
    setUnused(false);
    onChange();
  };
  return {
    kind,
    others: kinds.filter((one) => one !== kind),
    code,
    isMissing: checked && !isWhole(kind, code),
    isUnused,
    choose(next) {
      setChosen(next);
      setCode('');
      restart();
    },
    type(typed) {
      setCode(typed);
      restart();
    },
    clear() {
      setCode('');
      setChecked(false);
    },
    async take() {
      setChecked(true);
      if (kind !== 'security-key') return isWhole(kind, code) ? { kind, code } : undefined;
      setUnused(false);
      const assertion = await answerByKey(await askChallenge());
      setUnused(assertion === undefined);
      return assertion && { kind, assertion };
    },
  };
}

function isWhole(kind: FactorKind, code: string): boolean {
  if (kind === 'security-key') return true;
  return kind === 'totp' ? isTotpCode(code) : code.trim() !== '';
}
