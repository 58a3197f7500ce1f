import type { Texts } from '../texts.ts';
import type { credits as zh } from '../zh-CN/demonstration-credits.ts';

export const credits: Texts<typeof zh> = {
  required: 'Needed for credits: {{percent}}% of the time, and of the presence checks.',
  soon: 'It can be assessed a minute after its end.',
  assessed_one: 'Assessed by {{name}}, {{at}}: {{count}} of {{total}} watched enough.',
  assessed_other: 'Assessed by {{name}}, {{at}}: {{count}} of {{total}} watched enough.',
  remark: 'Remark: {{remark}}',
  credited: 'Credited by {{name}}, {{at}}: {{points}} for each of them.',
  assessment: 'Assessment',
  points: 'Credits',
  qualifies: { yes: 'Enough', no: 'Not enough' },
  expected: { yes: 'Enough so far', no: 'Not enough so far' },
  assess: {
    act: 'Assess',
    title: 'Assess who watched',
    text_one:
      'By what is on record, {{count}} of {{total}} watched enough. It stays as it is assessed; the facility’s administrator, who gives the credits, is told.',
    text_other:
      'By what is on record, {{count}} of {{total}} watched enough. It stays as it is assessed; the facility’s administrator, who gives the credits, is told.',
    remark: 'Remark (may be left out)',
    confirm: 'Assess',
  },
  credit: {
    act: 'Give credits',
    title: 'Give credits',
    text_one:
      '{{count}} person watched enough. They are told. Afterwards only another person can correct it, one by one and with a reason.',
    text_other:
      '{{count}} people watched enough. Each has the same credits and is told. Afterwards only another person can correct them, one by one and with a reason.',
    points: 'Credits for each',
    problem: 'From 0.1 to 25, with one decimal at most.',
    confirm: 'Give credits',
  },
  correct: {
    act: 'Correct',
    of: 'Correct the credits of {{name}}',
    text: 'The person is told, and reads the reason.',
    points: 'Credits from now on',
    hint: '0 takes them away.',
    problem: 'From 0 to 25, with one decimal at most.',
    confirm: 'Correct',
  },
  corrected: 'Corrected by {{name}}, {{at}} (before: {{before}}): {{reason}}',
  result: {
    required: 'For credits, be there for {{percent}}% of the time and answer {{percent}}% of the presence checks.',
    short: 'Not enough for credits',
    enough: 'Enough for credits, which are still to be given',
    points: 'Credits: {{points}}',
    taken: 'Credits taken away',
  },
  mine: {
    title: 'My credits',
    text: 'Credits for demonstrations that you watched. With any question, turn to the administrator of the facility where it took place.',
    none: 'No credits yet.',
    total: '{{points}} in all',
    points: 'Credits: {{points}}',
    present: 'There for {{present}} of {{live}}',
    givenAt: 'given {{at}}',
  },
};
