import type { Texts } from '../texts.ts';
import type { common as zh } from '../zh-CN/common.ts';

export const common: Texts<typeof zh> = {
  productName: '会诊 Huizhen',
  productLine: 'Consultation between hospitals',
  loading: 'Loading…',
  retry: 'Try again',
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  back: 'Back',
  backToWorkList: 'Back to the work list',
  reload: 'Reload the page',
  none: 'None',
  unknown: 'Unknown',
  required: 'Please fill this in',
  more: 'More',
  language: 'Language',
  reasonLabel: 'Reason',
  reasonPlaceholder: 'Say why; the other side will read this',
  notFound: {
    title: 'This page was not found',
    text: 'The address may be wrong, or what was here is gone or not yours to see.',
  },
  noPermission: {
    title: 'You may not use this page',
    text: 'If you need it, ask the administrator of your hospital to open it for your account.',
  },
  crash: {
    title: 'Something went wrong on this page',
    text: 'Sorry, this page has stopped. Nothing that was saved is lost: reload the page to go on. If it keeps happening, tell your system administrator.',
    details: 'For engineers',
  },
  chunkMissing: {
    title: 'The page did not load completely',
    text: 'The network may have dropped, or the system has just been updated. Reload the page to go on; nothing that was saved is lost.',
  },
  outdated: {
    title: 'The system has been updated',
    text: 'There is a new version on the server. Reload the page to go on; nothing that was saved is lost.',
  },
  link: {
    connected: 'Connected',
    connecting: 'Reconnecting…',
    offline: 'Disconnected',
    connectedHint: 'The line to the server is up; news arrives at once.',
    connectingHint:
      'The line to the server has just gone and is coming back by itself. News of this time will arrive then.',
    offlineHint: 'The server cannot be reached; trying on. Check your network. What you see may not be the latest.',
  },
};
