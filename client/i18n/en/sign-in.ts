import type { Texts } from '../texts.ts';
import type { signIn as zh } from '../zh-CN/sign-in.ts';

export const signIn: Texts<typeof zh> = {
  title: 'Sign in',
  account: 'Account',
  password: 'Password',
  show: 'Show',
  hide: 'Hide',
  submit: 'Sign in',
  submitting: 'Signing in…',
  passkey: {
    or: 'or',
    use: 'Sign in with a passkey',
    waiting: 'Follow the browser…',
    unused:
      'No passkey answered: it was cancelled, took too long, or this device has none for this system. Try again, or sign in with account and password.',
    unsupported: 'This browser knows no passkeys. Sign in with account and password.',
  },
  awaitsAdministrator: 'This system is not set up yet',
  awaitsAdministratorText:
    'There is no administrator. Open the one-time address that the server printed at its start, or run npm run admin -- address on the server for another.',
  accountMissing: 'Please enter your account',
  passwordMissing: 'Please enter your password',
  capsLock: 'Caps lock is on',
  lockedFor: 'Wait {{wait}}',
  demoTitle: 'Demonstration accounts',
  demoHint: 'This is a demonstration with invented data. Click an account to fill it in.',
  fillWith: 'Fill in account {{account}} ({{role}})',
  others_one: '{{count}} more account with the same password',
  others_other: '{{count}} more accounts with the same password',
  othersSearch: 'Find by name, account, role or facility',
  othersNone: 'No account matches.',
  ended: {
    'signed-out': 'You have been signed out.',
    disabled: 'Your account is disabled and you have been signed out. Your hospital’s administrator can tell you more.',
    expired: 'Your session has expired. Please sign in again; saved data is safe.',
  },
  claimTitle: "A specialist's opinion on a difficult case, the same day",
  claims: {
    images: 'Both sides see the same original images; measurements and annotations appear immediately',
    voice: 'On a poor connection, voice and images take priority',
    signed: 'Signed opinions and a complete audit trail',
  },
};
