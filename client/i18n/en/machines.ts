import type { Texts } from '../texts.ts';
import type { machines as zh } from '../zh-CN/machines.ts';

export const machines: Texts<typeof zh> = {
  intro:
    'For a PACS, modality or gateway that uses an archive over DICOMweb: one facility each, for a time, revoked at any moment.',
  introSecond:
    'The machine accounts that use your facility’s archive. One that reads pictures is made by one person and confirmed by another before it works; make sure of it, then confirm.',
  make: 'New machine account',
  newTitle: 'New machine account',
  empty: {
    title: 'No machine accounts yet',
    text: 'Add one where a PACS, a modality or a gateway is to send and fetch images by itself.',
    textSecond: 'What the facility’s administrator adds is shown here.',
  },
  columns: {
    name: 'Name',
    facility: 'Facility',
    scopes: 'May',
    state: 'State',
    expires: 'Expires',
    used: 'Last used',
    made: 'Made',
    acts: 'Actions',
  },
  never: 'Never used',
  madeBy: '{{name}}, {{at}}',
  revokedBy: 'Revoked by {{name}}, {{at}}',
  scope: {
    'archive-read': 'Search and read images (QIDO-RS, WADO-RS)',
    'archive-write': 'Store images (STOW-RS)',
  },
  scopeShort: { 'archive-read': 'read', 'archive-write': 'store' },
  state: {
    active: 'Active',
    unconfirmed: 'To be confirmed',
    lapsed: 'Not confirmed in time',
    expired: 'Expired',
    revoked: 'Revoked',
    closed: 'Facility closed',
  },
  name: 'Name',
  nameHint: 'Such as: PACS gateway of radiology',
  nameMissing: 'Enter a name',
  facility: 'Facility',
  facilityMissing: 'Choose a facility',
  scopes: 'May',
  scopesHint:
    'What reads pictures has to be confirmed within 7 days by another administrator or a coordinator of the facility, and does not work before.',
  scopesHintPlatform: 'Only the facility’s own administrator lets a machine account read pictures.',
  scopesMissing: 'Choose one at least',
  days: 'Good for',
  daysOf_one: '{{count}} day',
  daysOf_other: '{{count}} days',
  submit: 'Make',
  token: {
    title: 'Keep the token now',
    once: 'It is shown this once and not kept here. Copy it into the settings of the PACS, modality or gateway; if it is lost, revoke it and make another.',
    awaits:
      'It reads pictures: another administrator or a coordinator of the facility has to confirm it by {{at}}, and it does not work before.',
    label: 'Token',
    address: 'DICOMweb address',
    header: 'Header',
    until: 'Good until',
    copy: 'Copy the token',
    copied: 'Token copied',
    done: 'Kept, close',
  },
  confirmUntil: 'A second person of the facility has to confirm it by {{at}}',
  confirmedBy: 'Confirmed by {{name}}, {{at}}',
  unasked: 'Made before a second person was asked for',
  acts: {
    confirm: {
      label: 'Confirm',
      title: 'Confirm “{{name}}”',
      ask: '“{{name}}” then reads the pictures of your facility. Make sure first that the machine is your facility’s; the record will name you.',
      done: '{{name}} confirmed',
    },
    revoke: {
      label: 'Revoke',
      title: 'Revoke {{name}}',
      ask: '“{{name}}” can no longer use the archive from now on. This cannot be undone.',
      done: '{{name}} revoked',
    },
  },
};
