import type { Texts } from '../texts.ts';
import type { opinion as zhCn } from '../zh-CN/opinion.ts';

export const opinion: Texts<typeof zhCn> = {
  title: 'Opinion',
  intro: 'What you write is saved automatically and can be changed until you sign it.',
  findings: 'Findings and discussion',
  findingsHint: 'What the images show and what follows from it; no need to repeat the request',
  diagnosis: 'Diagnosis',
  recommendations: 'Recommendations',
  recommendationsHint:
    'Enter them one by one: the requester responds to each. Enter adds one, Alt+↑ and Alt+↓ move it.',
  recommendation: 'Recommendation {{number}}',
  add: 'Add a recommendation',
  up: 'Move recommendation {{number}} up',
  down: 'Move recommendation {{number}} down',
  remove: 'Remove recommendation {{number}}',
  keyImages: 'Key images',
  keyImagesEmpty:
    'While looking at the images choose “Save as key image” (K): the picture with its annotations comes here.',
  keyImage: 'Key image {{number}}',
  caption: 'Caption',
  captionPlaceholder: 'For example: solid nodule in the right upper lobe, largest section',
  imageUp: 'Move image {{number}} forward',
  imageDown: 'Move image {{number}} back',
  imageRemove: 'Remove image {{number}}',
  enlarge: 'Enlarge image {{number}}',
  toImages: 'Open the images',
  problems: {
    findings: 'Enter the findings',
    diagnosis: 'Enter at least one diagnosis',
    keyImages: 'A key image did not reach the server; remove it and save it again',
  },
  sign: {
    button: 'Check and sign',
    notYet:
      'It can be signed once both sides have been in the room together. Where that cannot be, change to a written consultation on the case’s page.',
    title: 'Sign the report',
    lead: 'You are about to sign the following. Please check every part.',
    patient: 'Patient',
    question: 'Question',
    none: 'none',
    signer: 'Signed by',
    password: 'Password',
    passwordHint: 'Enter your password again to confirm your identity',
    passwordMissing: 'Please enter your password',
    confirm: 'Sign and issue',
    signing: 'Signing…',
    back: 'Back to editing',
    notSaved: 'Not signed: the latest changes are not on the server yet. Try again when you are online.',
    outdated:
      'Not signed: the opinion was changed in another window just now. This is the latest text; check it and sign again.',
  },
  signed: {
    title: 'Report issued',
    text: 'The requester has it. It can no longer be changed.',
    open: 'Open the report',
  },
  waiting: '{{name}} is writing the opinion; it appears here once signed.',
  waitingNobody: 'The opinion appears here once a specialist has accepted the case and signed it.',
  fields: {
    findings: 'Findings and discussion',
    diagnosis: 'Diagnosis',
    recommendations: 'Recommendations',
    keyImages: 'Key images',
  },
};
