import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './add-columns.ts';

/** Which questions whoever looked a replay through left out. */
export class QuestionsOfReplays1700000000250 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'replay', [{ name: 'leftOutQuestions', type: 'long' }]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, 'replay', ['leftOutQuestions']);
  }
}
