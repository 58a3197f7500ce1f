import { z } from 'zod';
import { Id } from '../../server/contract/primitives.ts';
import { CutInput, CutState, ResumeInput } from './token.ts';

/** `orderId`: one and the same cut may reach a hall over several ways, and counts once. Without one it counts each time. */
export const CutOrder = CutInput.extend({ orderId: Id.exactOptional() });
export type CutOrder = z.infer<typeof CutOrder>;

/**
 * `onlyWhereOpen`: a node on which nobody is in the hall ends nothing yet, since the one that has the theatre may refuse it. A node of the last release
 * does not know it.
 */
export const ResumeOrder = ResumeInput.extend({ onlyWhereOpen: z.boolean().exactOptional() });
export type ResumeOrder = z.infer<typeof ResumeOrder>;

/** What a node says to an order. `isOrigins`: the node that has the hall's theatre said so, itself or over a link; a node of the last release does not say. */
export const OrderedCut = CutState.extend({ isOrigins: z.boolean().exactOptional() });
export type OrderedCut = z.infer<typeof OrderedCut>;
