import type { Texts } from '../texts.ts';
import type { accountSecurity as zh } from '../zh-CN/account-security.ts';

export const accountSecurity: Texts<typeof zh> = {
  intro:
    'Locks and two-step sign-in of all accounts of the platform. With nothing typed: the accounts that are locked now. Each act needs a reason, which the audit administrator sees and the person’s record keeps.',
  search: 'Name, pinyin or account',
  locked: 'Locked now',
  none: {
    title: 'No account is locked now',
    text: 'Wrong passwords or codes in a row lock an account for 15 minutes; until then it is shown here.',
  },
  columns: { lock: 'Locked', factor: 'Two-step', acts: 'Actions' },
  notLocked: 'Not locked',
  since: 'since {{since}}, until {{until}}',
  places_one: '{{count}} place',
  places_other: '{{count}} places',
  factor: { true: 'on', false: 'off' },
  unlock: {
    label: 'Unlock',
    text: 'Wrong passwords and codes of {{name}} count no more, who can sign in again at once. Make sure first that it is them.',
    done: '{{name}} is unlocked',
  },
  'reset-factor': {
    label: 'Turn off two-step',
    text: '{{name}} is signed out everywhere at once, and signs in with the password alone until they set it up again. Make sure first that it is them; they are told.',
    done: 'Two-step sign-in of {{name}} is off',
  },
};
