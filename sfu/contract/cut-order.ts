import { z } from 'zod';
import { Id } from '../../server/contract/primitives.ts';
import { CutInput, CutState } from './token.ts';

/** `orderId`: one and the same cut may reach a hall over several ways, and counts once. Without one it counts each time. */
export const CutOrder = CutInput.extend({ orderId: Id.exactOptional() });
export type CutOrder = z.infer<typeof CutOrder>;

/** What a node says to an order. `isOrigins`: the node that has the hall's theatre said so, itself or over a link; a node of the last release does not say. */
export const OrderedCut = CutState.extend({ isOrigins: z.boolean().exactOptional() });
export type OrderedCut = z.infer<typeof OrderedCut>;
