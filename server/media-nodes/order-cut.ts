import type { OrderedCut } from '../../sfu/contract/cut-order.ts';
import type { NodeControl } from '../../sfu/control.ts';
import type { NodeRecord } from '../../sfu/nodes/node-record.ts';
import { CutState, Failure } from '../contract/index.ts';

export interface OrderCutParts {
  nodes: readonly NodeRecord[];
  controlOf(node: NodeRecord): NodeControl;
  /** The node that has the hall's theatre, or will have it, where none says of itself that it has. @throws Failure unavailable */
  findOrigin(): Promise<NodeRecord>;
}

const isConflict = (error: unknown): boolean => error instanceof Failure && error.code === 'conflict';

/**
 * Tells all nodes at once what is cut of a hall, or no more: nobody waits for one that is slow, and one that the server does not reach hears of it
 * over the links of those that it does. What counts is the word of the node that has the theatre, whichever way it comes.
 * @throws Failure conflict; unavailable where that one has not heard of it, as far as is known
 */
export async function orderCut(
  { nodes, controlOf, findOrigin }: OrderCutParts,
  order: (control: NodeControl) => Promise<OrderedCut>,
): Promise<CutState> {
  const answers = new Map(nodes.map((node) => [node.nodeId, order(controlOf(node))]));
  const origins = [...answers.values()].map(async (asked) => {
    const answer = await asked;
    if (!answer.isOrigins) throw new Error('of a node that does not have the theatre');
    return answer;
  });
  const [first] = await Promise.allSettled([Promise.any(origins)]);
  if (first?.status === 'fulfilled') return CutState.parse(first.value);

  const refused = (await Promise.allSettled(answers.values())).flatMap((one) =>
    one.status === 'rejected' ? [one.reason] : [],
  );
  // One that does not answer may be the one that has the theatre.
  if (refused.length > 0) throw refused.find(isConflict) ?? refused[0];
  const likely = await findOrigin();
  return CutState.parse(await (answers.get(likely.nodeId) ?? order(controlOf(likely))));
}
