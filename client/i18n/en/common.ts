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
  required: 'This field is required',
  more: 'More',
  columns: 'Columns',
  labelled: '{{label}}: {{value}}',
  discard: {
    title: 'Not saved yet',
    text: 'What you have filled in is lost once this is closed.',
    discard: 'Close without saving',
    keep: 'Go on',
  },
  language: 'Language',
  reasonLabel: 'Reason',
  reasonPlaceholder: 'State the reason; the other side will read it',
  notFound: {
    title: 'Page not found',
    text: 'The address may be wrong, or the item has been removed or is not available to you.',
  },
  noPermission: {
    title: 'You do not have access to this page',
    text: 'If you need access, contact the administrator of your hospital.',
  },
  crash: {
    title: 'Something went wrong on this page',
    text: 'This page has stopped working. Saved data is safe: reload the page to continue. If this keeps happening, contact your system administrator.',
    details: 'Technical details',
  },
  chunkMissing: {
    title: 'The page did not load completely',
    text: 'The network may have dropped, or the system has just been updated. Reload the page to continue; saved data is safe.',
  },
  outdated: {
    title: 'The system has been updated',
    text: 'A new version is available. Reload the page to continue; saved data is safe.',
  },
  link: {
    connected: 'Connected',
    connecting: 'Reconnecting…',
    offline: 'Offline',
    connectedHint: 'Connected to the server. Updates arrive immediately.',
    connectingHint: 'The connection to the server was lost and is being restored. Missed updates will arrive then.',
    offlineHint: 'The server cannot be reached; retrying. Check your network. What you see may be out of date.',
  },
};
