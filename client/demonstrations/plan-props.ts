import type { DemonstrationDraft, DemonstrationField, DemonstrationView } from '../../server/contract/demonstration.ts';

export interface PlanFormProps {
  view: DemonstrationView;
  draft: DemonstrationDraft;
  /** Whether this may be changed now. */
  isOpen: (field: DemonstrationField) => boolean;
  /** Fields for which the server refused to save. */
  refused: readonly string[];
  onChange: (part: Partial<DemonstrationDraft>) => void;
}
