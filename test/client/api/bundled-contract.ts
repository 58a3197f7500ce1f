import { toJSONSchema } from 'zod/v4';
import * as contract from '../../../server/contract/index.ts';
import * as sfuContract from '../../../sfu/contract/index.ts';

export { z } from '../../../client/api/lazy-zod.ts';

/** Every schema that contract and sfu name, by its way there, as JSON Schema: what it takes, and what comes of it. */
export function describeContract(): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const look = (way: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('_zod' in value)
      for (const io of ['input', 'output'] as const)
        found[`${way} ${io}`] = toJSONSchema(value as never, { io, unrepresentable: 'any' });
    else for (const [key, part] of Object.entries(value)) look(`${way}/${key}`, part);
  };
  look('server', { ...contract });
  look('sfu', { ...sfuContract });
  return found;
}
