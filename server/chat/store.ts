/** One line of a case's conversation. */
export interface ChatLine {
  messageId: string;
  consultationId: string;
  sequence: number;
  authorId: string;
  text: string;
  postedAt: string;
}

export interface ChatStore {
  /** The line goes to the end of the case's conversation. @returns it with its sequence. */
  append(line: Omit<ChatLine, 'sequence'>): Promise<ChatLine>;
  find(consultationId: string, messageId: string): Promise<ChatLine | undefined>;
  /** In order, at most `limit`. */
  listAfter(consultationId: string, afterSequence: number, limit: number): Promise<ChatLine[]>;
}
