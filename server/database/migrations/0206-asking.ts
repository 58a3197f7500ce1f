import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

const OF_DEMONSTRATION = {
  columnNames: ['demonstrationId'],
  referencedTableName: 'demonstration',
  referencedColumnNames: ['demonstrationId'],
};
const TABLES = [
  'asking_reaction',
  'asking_pace',
  'asking_line',
  'asking_poll_answer',
  'asking_poll',
  'asking_hand',
  'asking_screen',
  'asking_vote',
  'asking_question',
];

/** What is asked and said in a live demonstration, each with its instants, so that a replay can show it again. */
export class Asking1700000000206 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of [...questionTables(runner), ...handAndPollTables(runner), ...chatTables(runner)])
      await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of TABLES) await runner.dropTable(name);
    await runner.query("DELETE FROM counter WHERE name LIKE 'live-chat/%'");
  }
}

function questionTables(runner: QueryRunner): Table[] {
  const { code, flag, id, instant, text } = tableColumns(runner);
  const ofQuestion = {
    columnNames: ['questionId'],
    referencedTableName: 'asking_question',
    referencedColumnNames: ['questionId'],
  };
  return [
    new Table({
      name: 'asking_question',
      columns: [
        id('questionId', { isPrimary: true }),
        id('demonstrationId'),
        id('authorId'),
        id('facilityId'),
        flag('isAnonymous'),
        text('text', 300),
        code('state', 16),
        instant('askedAt'),
        instant('markedAt', { isNullable: true }),
      ],
      foreignKeys: [OF_DEMONSTRATION],
      indices: [{ name: 'question_of_author', columnNames: ['demonstrationId', 'authorId', 'askedAt'] }],
    }),
    new Table({
      name: 'asking_vote',
      columns: [
        id('questionId', { isPrimary: true }),
        id('accountId', { isPrimary: true }),
        id('demonstrationId'),
        instant('at'),
      ],
      foreignKeys: [ofQuestion],
      indices: [{ name: 'vote_of_account', columnNames: ['demonstrationId', 'accountId'] }],
    }),
    new Table({
      name: 'asking_screen',
      columns: [
        id('screenId', { isPrimary: true }),
        id('demonstrationId'),
        id('questionId'),
        instant('fromAt'),
        instant('toAt', { isNullable: true }),
      ],
      foreignKeys: [ofQuestion],
      indices: [{ name: 'screen_of_demonstration', columnNames: ['demonstrationId', 'toAt'] }],
    }),
  ];
}

function handAndPollTables(runner: QueryRunner): Table[] {
  const { code, id, instant, integer, long, text } = tableColumns(runner);
  const open = { isNullable: true };
  return [
    new Table({
      name: 'asking_hand',
      columns: [
        id('handId', { isPrimary: true }),
        id('demonstrationId'),
        id('accountId'),
        id('facilityId'),
        code('state', 16),
        instant('raisedAt'),
        instant('offeredAt', open),
        instant('readyAt', open),
        instant('grantedAt', open),
        instant('overAt', open),
      ],
      foreignKeys: [OF_DEMONSTRATION],
      indices: [{ name: 'hand_of_demonstration', columnNames: ['demonstrationId', 'state', 'raisedAt'] }],
    }),
    new Table({
      name: 'asking_poll',
      columns: [
        id('pollId', { isPrimary: true }),
        id('demonstrationId'),
        text('text', 200),
        long('options'),
        instant('openedAt'),
        instant('closedAt', open),
      ],
      foreignKeys: [OF_DEMONSTRATION],
      indices: [{ name: 'poll_of_demonstration', columnNames: ['demonstrationId', 'openedAt'] }],
    }),
    new Table({
      name: 'asking_poll_answer',
      columns: [
        id('pollId', { isPrimary: true }),
        id('accountId', { isPrimary: true }),
        // `option` is a word of SQL.
        integer('optionIndex'),
        instant('at'),
      ],
      foreignKeys: [{ columnNames: ['pollId'], referencedTableName: 'asking_poll', referencedColumnNames: ['pollId'] }],
    }),
  ];
}

function chatTables(runner: QueryRunner): Table[] {
  const { code, flag, id, instant, integer, text } = tableColumns(runner);
  return [
    new Table({
      name: 'asking_line',
      columns: [
        id('demonstrationId', { isPrimary: true }),
        id('messageId', { isPrimary: true }),
        integer('sequence'),
        id('authorId'),
        id('facilityId'),
        flag('isStaff'),
        text('text', 300),
        instant('at'),
        instant('removedAt', { isNullable: true }),
      ],
      foreignKeys: [OF_DEMONSTRATION],
      indices: [
        { name: 'line_of_demonstration', columnNames: ['demonstrationId', 'sequence'], isUnique: true },
        { name: 'line_of_author', columnNames: ['demonstrationId', 'authorId', 'at'] },
      ],
    }),
    new Table({
      name: 'asking_pace',
      columns: [id('demonstrationId', { isPrimary: true }), integer('paceS'), instant('changedAt')],
      foreignKeys: [OF_DEMONSTRATION],
    }),
    new Table({
      name: 'asking_reaction',
      columns: [
        id('reactionId', { isPrimary: true }),
        id('demonstrationId'),
        code('kind', 16),
        // `count` is a word of SQL.
        integer('reactionCount'),
        instant('at'),
      ],
      foreignKeys: [OF_DEMONSTRATION],
      indices: [{ name: 'reaction_of_demonstration', columnNames: ['demonstrationId', 'at'] }],
    }),
  ];
}
