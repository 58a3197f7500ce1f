import { z } from 'zod';

/** ICD-10 with the fourth and the national fifth and sixth places: `J18`, `J18.9`, `J18.900`, `C34.100x001`, `I10.x00`, `R91.x00x003`. */
export const Icd10Code = z.string().regex(/^[A-Z]\d{2}(\.(\d{1,3}([A-Z]?\d{0,3})?|x\d{2}))?(x\d{3})?$/);
/** '': text alone, as the physician wrote it. */
const OptionalCode = z.union([Icd10Code, z.literal('')]);
export const Diagnosis = z.object({ code: OptionalCode, display: z.string().trim().min(1).max(200) });
export type Diagnosis = z.infer<typeof Diagnosis>;
/** An entry of the list that the server offers to search. */
export const DiagnosisTerm = z.object({ code: OptionalCode, zh: z.string(), en: z.string() });
export type DiagnosisTerm = z.infer<typeof DiagnosisTerm>;
