import type { Texts } from '../texts.ts';
import type { theatre as zhCn } from '../zh-CN/demonstration-theatre.ts';

export const theatre: Texts<typeof zhCn> = {
  title: 'Operating theatre',
  back: 'Demonstration',
  preview: 'Preview',
  previewOf: '{{name}}: preview',
  settings: 'Picture and sound settings',
  source: { field: 'Field', device: 'Device', room: 'Whole theatre', screen: 'Screen' },
  picture: {
    opening: 'Opening…',
    masked: 'Picture is fine',
    black: 'Turned to black',
    unplugged: 'Not connected',
    failed: 'Cannot be used',
  },
  pictureHelp: {
    opening: 'If the browser asks, choose “Allow”.',
    masked: '',
    black:
      'The masked picture has stopped. Watchers see black, never an unmasked picture. It goes on by itself. If the window is minimised, restore it.',
    unplugged:
      'Check the cable and the capture card. It comes back by itself when it is plugged in again, masks included.',
    failed: 'Close the program that uses it, or unplug it and plug it in again, then try again.',
  },
  inputs: {
    title: 'Pictures',
    none: 'There is no picture yet. Add a camera or a capture card on the right.',
    chosen: 'Picture: {{name}}',
    name: 'Name (the moderator and watchers see it)',
    send: 'Send this picture',
    on: 'Sent',
    off: 'Not sent',
    rate: '{{height}}p · {{rate}} fps',
    slow: 'This computer manages {{rate}} pictures a second only: hands will seem to jump. Close other programs, or use fewer pictures.',
    remove: 'Remove this picture',
  },
  masks: {
    title: 'Privacy masks',
    hint: 'Drag over the picture to cover the patient’s face, names and whatever identifies them. Masks are burnt in black before anything is sent: nobody sees what lies below.',
    add: 'Add a mask',
    clear: 'Clear all masks',
    zone: 'Mask {{number}}: arrow keys move it, Shift with arrow keys sizes it, Delete removes it',
  },
  add: {
    title: 'Add a picture',
    device: 'Camera or capture card',
    shows: 'What it shows',
    camera: 'Add picture',
    screen: 'Share a screen',
    noDevice:
      'There is no other camera or capture card. It appears here when it is plugged in; if the browser asks, choose “Allow”.',
  },
  sound: {
    title: 'Sound',
    device: 'Microphone or line',
    kindLabel: 'Kind of sound',
    kind: { speech: 'Speech (echo and noise removed)', line: 'Device or system sound (left as it is)' },
    check: 'Sound check: record {{seconds}} s and play them back',
    recording: 'Recording: say a sentence as loud as during the operation…',
    playing: 'Playing what was recorded…',
    again: 'Play again',
    confirm: 'Well understood, done',
    checked: 'Sound is checked',
    failed: 'The sound check did not work. Check microphone and loudspeaker, then try again.',
    verdict: {
      nothing: 'Nothing was recorded. Is the microphone plugged in, or muted?',
      quiet: 'Too quiet to be understood elsewhere. Come closer, or use a lapel microphone.',
      noisy: 'There is too much noise behind the voice. Move the microphone closer, or away from suction and monitors.',
      overdriven: 'Too loud: it crackles. Move the microphone away, or turn its level down.',
      good: 'The level is right.',
    },
  },
  voice: {
    title: 'Surgeon’s voice',
    open: 'Always open',
    pushed: 'Open while a key or foot-switch is held',
    key: 'Key: {{key}} (choose another)',
    learning: 'Press the key, or step on the foot-switch',
  },
};
