import type { Texts } from '../texts.ts';
import type { chat as zh } from '../zh-CN/chat.ts';

export const chat: Texts<typeof zh> = {
  title: 'Chat',
  empty: 'No messages yet. Messages are kept with the case and visible to both sides.',
  placeholder: 'Write a message. Enter sends, Shift+Enter starts a new line',
  send: 'Send',
  input: 'Message',
  list: 'Messages',
  you: 'Me',
  pending: 'Sending…',
  pendingOffline: 'Offline: will be sent when reconnected',
  pendingFailing: 'The server cannot accept it right now: retrying automatically',
  refused: 'Not sent',
  discard: 'Delete',
  again: 'Send again',
  newMessage: '{{name}}: {{text}}',
  tooLong: 'At most {{max}} characters; please split the message.',
  newBelow: 'New messages',
  failed: 'Messages cannot be loaded right now; retrying.',
};
