import { EntitySchema } from 'typeorm';
import type { ChatLine } from '../../chat/store.ts';
import { idColumn, instantColumn, integerColumn, primary } from '../columns.ts';

export const ChatRow = new EntitySchema<ChatLine>({
  name: 'chat_message',
  columns: {
    consultationId: primary(idColumn),
    messageId: primary(idColumn),
    sequence: integerColumn,
    authorId: idColumn,
    text: { type: 'text' },
    postedAt: instantColumn,
  },
});
