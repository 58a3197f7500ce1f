import type { EntityManager } from 'typeorm';

/** Whether the account has more grants than so many that have not ended: from where it is quicker to search. */
export async function hasMoreGrants(
  manager: EntityManager,
  { accountId, at }: { accountId: string; at: Date },
  than: number,
): Promise<boolean> {
  const few = (condition: string) =>
    `(SELECT COUNT(*) FROM (SELECT 1 AS one FROM consultation_grant WHERE accountId = ? AND ${condition} LIMIT ${than + 1}) few)`;
  const [row] = (await manager.query(`SELECT ${few('endedAt IS NULL')} + ${few('endedAt > ?')} AS found`, [
    accountId,
    accountId,
    at.toISOString(),
  ])) as { found: number | string }[];
  return Number(row?.found ?? 0) > than;
}
