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
  accountMissing: 'Please enter your account',
  passwordMissing: 'Please enter your password',
  capsLock: 'Caps lock is on',
  lockedFor: '{{wait}} to wait',
  demoTitle: 'Demonstration accounts',
  demoHint: 'This is a demonstration with invented data. Click an account to fill it in.',
  fillWith: 'Fill in account {{account}} ({{role}})',
  ended: {
    'signed-out': 'You have been signed out.',
    expired: 'Your session has expired. Please sign in again; nothing that was saved is lost.',
  },
  claimTitle: "A specialist's opinion on a difficult case, the same day",
  claims: {
    images: 'Both sides see the same original images; measurements and marks appear at once',
    voice: 'When the line gets worse, voice and images come first',
    signed: 'Signed opinions, and a record of every step',
  },
};
