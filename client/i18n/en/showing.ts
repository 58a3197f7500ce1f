import type { Texts } from '../texts.ts';
import type { showing as zh } from '../zh-CN/showing.ts';

export const showing: Texts<typeof zh> = {
  title: 'Shown pictures',
  open: 'Show pictures',
  close: 'Close',
  shown: 'Shown to everybody',
  notShown: 'Nothing is shown yet. Choose a picture and take the lead: everybody then sees the same.',
  stop: 'Stop showing',
  none: 'There is nothing to show. Pictures appear here once they are listed and a second person has checked that nothing on them says whose they are.',
  share: { title: 'Sizes', program: 'Larger operation', even: 'Half and half', showing: 'Larger pictures' },
  name: 'Let show and draw',
  mayShow: 'Who may show and draw',
  nobody: 'Nobody beside the surgeon and the moderators yet.',
  unname: 'Take back',
  withdraw: 'Shows who it is: take off',
  withdrawHint:
    'Taken off every screen, and its check is taken back: it cannot be shown before it is looked through again',
  field: { title: 'Draw on the picture', layer: 'Drawn on the picture', stroke: 'Pen', arrow: 'Arrow', clear: 'Clear' },
};
