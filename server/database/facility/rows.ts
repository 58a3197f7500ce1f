import { EntitySchema } from 'typeorm';
import type { Agreement, Facility } from '../../facilities/store.ts';
import { idColumn, instantColumn, jsonColumn, primary } from '../columns.ts';

export const FacilityRow = new EntitySchema<Facility>({
  name: 'facility',
  columns: {
    facilityId: primary(idColumn),
    name: { type: 'varchar', length: 128 },
    tier: { type: 'varchar', length: 16 },
    region6: { type: 'varchar', length: 6 },
    specialties: jsonColumn,
  },
});

export const AgreementRow = new EntitySchema<Agreement>({
  name: 'agreement',
  columns: {
    agreementId: primary(idColumn),
    invitingFacilityId: idColumn,
    invitedFacilityId: idColumn,
    validFrom: instantColumn,
    validTo: instantColumn,
  },
});
