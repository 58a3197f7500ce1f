import type { Texts } from '../texts.ts';
import type { call as zh } from '../zh-CN/call.ts';

export const call: Texts<typeof zh> = {
  you: 'Me',
  camera: 'Camera',
  microphone: 'Microphone',
  speaker: 'Speaker',
  systemDefault: 'System default',
  unnamedDevice: 'Device {{number}}',
  noDevice: 'No device found',
  missing: '“{{label}}”, used last time, is not connected; another device is used until it is back.',
  mute: 'Mute',
  unmute: 'Unmute',
  cameraOff: 'Video off',
  cameraOn: 'Video on',
  microphoneFailed: 'No mic',
  cameraFailed: 'No video',
  devices: 'Devices',
  key: '{{label}} (key {{key}})',
  level: 'Microphone level',
  levelSilent: 'No sound detected. Speak into the microphone, or choose another one.',
  tone: 'Test speaker',
  tonePlaying: 'Playing…',
  toneFailed: 'The test sound could not be played. Check that speaker or headset are plugged in, then try again.',
  opening: 'Opening… If the browser asks, choose “Allow”.',
  cameraIsOff: 'Camera is off',
  fault: {
    camera: {
      denied: {
        title: 'The browser has no permission to use the camera',
        help: 'Click the icon left of the address and set “Camera” to “Allow”. You can enter without it: others hear you and see the same images.',
      },
      'denied-by-system': {
        title: 'This computer’s privacy settings block the camera',
        help: 'Allow it under Settings › Privacy › Camera, then choose “Retry”. You can enter without a camera.',
      },
      'not-found': {
        title: 'No camera found',
        help: 'If you have one, plug it in; it is detected automatically. You can enter without a camera.',
      },
      'in-use': {
        title: 'The camera is in use by another program or not responding',
        help: 'Close other programs that use the camera (WeChat, DingTalk, Tencent Meeting), then choose “Retry”, or pick another camera.',
      },
      insecure: {
        title: 'This address is not secure, so the browser blocks the camera',
        help: 'Open the system under its https:// address, or ask the administrator. You can still see images, listen and write.',
      },
      unknown: {
        title: 'The camera cannot be opened',
        help: 'Plug it in again or pick another one, then choose “Retry”. You can enter without a camera.',
      },
    },
    microphone: {
      denied: {
        title: 'The browser has no permission to use the microphone',
        help: 'Click the icon left of the address and set “Microphone” to “Allow”. You can enter without it: listen, and use the chat.',
      },
      'denied-by-system': {
        title: 'This computer’s privacy settings block the microphone',
        help: 'Allow it under Settings › Privacy › Microphone, then choose “Retry”. You can enter without a microphone.',
      },
      'not-found': {
        title: 'No microphone found',
        help: 'Plug in a microphone or headset; it is detected automatically. You can enter without it: listen, and use the chat.',
      },
      'in-use': {
        title: 'The microphone is in use by another program or not responding',
        help: 'Close other programs that use the microphone, then choose “Retry”, or pick another microphone.',
      },
      insecure: {
        title: 'This address is not secure, so the browser blocks the microphone',
        help: 'Open the system under its https:// address, or ask the administrator. You can still listen and write.',
      },
      unknown: {
        title: 'The microphone cannot be opened',
        help: 'Plug it in again or pick another one, then choose “Retry”. You can enter without a microphone.',
      },
    },
  },
  quality: { good: 'Good connection', fair: 'Fair connection', poor: 'Poor connection' },
  speaking: 'Speaking',
  muted: 'Muted',
  noVoice: 'No microphone',
  noPicture: 'No camera',
  pictureComing: 'Receiving video…',
  reconnecting: 'Reconnecting',
  stoppedHere: 'Weak connection: video paused, audio continues',
  stoppedThere: 'Their connection is weak: video paused, audio continues',
  microphoneHeld: 'Your microphone is muted by the system or headset: no one can hear you',
  cameraHeld: 'Your camera is in use by the system or another program: no one can see you',
  microphoneSilent: 'No signal from your microphone. Check the mute switch on the headset.',
  ownStopped: 'Your connection is weak: your video is paused; audio and images are not affected',
  undecodable:
    'This browser cannot display their video; audio continues. Please use a current version of Chrome or Edge.',
  mutedByModerator: 'A moderator has muted you. You can unmute at any time.',
  fullScreen: 'Full screen',
  fullScreenHint: 'Double-click or press F for full screen',
  soundBlocked: 'Sound is blocked by the browser',
  enableSound: 'Play the sound',
  tile: '{{name}}, {{facility}}',
};
