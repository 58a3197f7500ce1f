import type { AgreementDraft } from '../../server/contract/agreement.ts';
import type { AllianceDraft } from '../../server/contract/alliance.ts';
import type { FacilityView } from '../../server/contract/facility.ts';

export interface AgreementFormProps {
  draft: AgreementDraft;
  disabled: boolean;
  onChange: (part: Partial<AgreementDraft>) => void;
}

export interface AllianceFormProps {
  draft: AllianceDraft;
  disabled: boolean;
  /** The hub, and whoever is or was chosen as a member, by id. */
  named: ReadonlyMap<string, FacilityView>;
  hubId: string;
  onChange: (part: Partial<AllianceDraft>) => void;
}
