import type { Texts } from '../texts.ts';
import type { chat as zh } from '../zh-CN/chat.ts';

export const chat: Texts<typeof zh> = {
  title: 'Chat',
  empty: 'No messages yet. What is written here is kept with the case and seen by both sides.',
  placeholder: 'Write a message. Enter sends, Shift+Enter starts a new line',
  send: 'Send',
  input: 'Message',
  list: 'Messages',
  you: 'Me',
  pending: 'Sending…',
  pendingOffline: 'No line: sent as soon as it is back',
  pendingFailing: 'The server cannot keep it just now: sent again by itself',
  refused: 'Not sent',
  discard: 'Delete',
  again: 'Send again',
  newMessage: '{{name}}: {{text}}',
  tooLong: 'At most {{max}} characters; please split the message.',
  newBelow: 'New messages',
  failed: 'The messages cannot be read just now; trying again.',
};
