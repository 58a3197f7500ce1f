import { pinyin } from 'pinyin-pro';
import { Failure, type FailureReason, MIN_PASSWORD_LENGTH } from '../contract/index.ts';
import { findPolicy } from '../policies/policy.ts';
import type { Stores } from '../store/stores.ts';
import { isCommonPassword } from './common-passwords.ts';
import { normalizePassword } from './password.ts';
import {
  isBirthday,
  isPhoneNumber,
  isPinyinName,
  isRepetitive,
  isUsualNumber,
  wordAmongUsualNumbers,
} from './password-patterns.ts';

/** Beside one of these, so few characters more are no secret. */
const FEW = 6;
const OWN_WORDS = ['huizhen', '会诊'];

/** Whose password it is going to be: what everybody who knows them would try. */
export interface PasswordOwner {
  login: string;
  name: string;
  facilityName: string;
}

/**
 * What is wrong with a password, by NIST SP 800-63B section 3.1.1.2: its length, and whether it is commonly used, expected or about its
 * owner. No rule on which kinds of characters it has. The whole is compared, not the words inside.
 */
export function findPasswordFault(
  typed: string,
  owner: PasswordOwner,
  minLength: number = MIN_PASSWORD_LENGTH,
): FailureReason | undefined {
  const password = normalizePassword(typed);
  if ([...password].length < minLength) return 'password-too-short';
  const lower = password.toLowerCase();
  // Marks between the characters make it no harder: 1990-01-02 is a birthday.
  const text = lower.replace(/[^\p{L}\p{N}]/gu, '');
  if (isPhoneNumber(text)) return 'password-phone';
  if (isBirthday(text)) return 'password-birthday';
  if (isRepetitive(lower)) return 'password-repetitive';
  if (namesOf(owner).some((word) => isLittleMoreThan(text, word))) return 'password-own-name';
  if (placesOf(owner).some((word) => isLittleMoreThan(text, word))) return 'password-facility';
  const word = wordAmongUsualNumbers(text);
  if ([lower, text, word].some((one) => one !== undefined && isCommonPassword(one))) return 'password-common';
  return word !== undefined && isPinyinName(word) ? 'password-pinyin' : undefined;
}

/**
 * Whether the platform lets the password be chosen now.
 * @throws Failure invalid-message with the reason, naming the field
 */
export async function requireGoodPassword(
  stores: Pick<Stores, 'policies'>,
  password: string,
  owner: PasswordOwner,
  field: string,
): Promise<void> {
  const { minLength } = (await findPolicy(stores, 'passwords')).value;
  const reason = findPasswordFault(password, owner, minLength);
  if (reason) throw new Failure('invalid-message', `the password is refused: ${reason}`, { reason, fields: [field] });
}

function namesOf({ login, name }: PasswordOwner): string[] {
  const syllables = syllablesOf(name);
  const [family = '', ...given] = syllables;
  return [login.replace(/[^a-z0-9]/g, ''), name.toLowerCase(), syllables.join(''), [...given, family].join('')];
}

const placesOf = ({ facilityName }: PasswordOwner): string[] => [
  facilityName.toLowerCase(),
  syllablesOf(facilityName).join(''),
  ...OWN_WORDS,
];

function syllablesOf(name: string): string[] {
  return pinyin(name, { toneType: 'none', type: 'array', nonZh: 'removed' }).map((one) => one.replaceAll('ü', 'v'));
}

/** Names of one or two letters stand in many words by chance. */
function isLittleMoreThan(text: string, word: string): boolean {
  if (word.length < (/^[\x20-\x7e]*$/.test(word) ? 4 : 2) || !text.includes(word)) return false;
  const rest = text.replaceAll(word, '');
  return [...rest].length < FEW || (/^\d+$/.test(rest) && isUsualNumber(rest));
}
