import type { Texts } from '../texts.ts';
import type { shell as zh } from '../zh-CN/shell.ts';

export const shell: Texts<typeof zh> = {
  nav: { workList: 'Work list', newConsultation: 'New consultation', audit: 'Audit' },
  skip: 'Skip to content',
  demonstrationName: 'Demonstration notice',
  demonstration: 'Demonstration · public passwords · no real patients',
  waiting: '{{count}} waiting for me',
  soundOn: 'Sounds are on',
  soundOff: 'Sounds are off',
  soundBlocked: 'The browser does not allow sound yet. Click anywhere on the page to enable it.',
  mute: 'Turn sounds off',
  unmute: 'Turn sounds on',
  person: 'My account',
  signOut: 'Sign out',
  signOutEverywhere: 'Sign out everywhere',
  signOutEverywhereConfirm:
    'This signs you out on every computer and browser, this one included. A video consultation that is going on will break off.',
  arrived: 'A consultation is waiting for you',
  arrivedOpen: 'Open',
  ring: {
    title: 'Consultation call',
    from: '{{name}} ({{facility}}) is calling you',
    case: 'Case',
    patient: 'Patient',
    answer: 'Answer and enter the room',
    notNow: 'Not now',
    documentTitle: '☎ Consultation call',
    silencedElsewhere: 'Handled in another window',
    soundBlocked: 'The browser does not allow the ringing sound',
  },
};
