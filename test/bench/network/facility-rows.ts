import type { Department, FacilityTier } from '../../../server/contract/index.ts';
import type { Cell, TableRows } from './bulk-load.ts';
import { AT, facilityCount, idOf, type Size } from './size.ts';

export interface Place {
  index: number;
  tier: FacilityTier;
  name: string;
  parent: number | null;
}

const DEPARTMENTS = [
  ...'内科 外科 妇产科 儿科 急诊科 影像科 心电图室 病理科 检验科 中医科 骨科 神经内科 神经外科 心内科 呼吸科'.split(
    ' ',
  ),
  ...'消化科 肾内科 内分泌科 血液科 肿瘤科 眼科 耳鼻喉科 口腔科 皮肤科 感染科 麻醉科 康复科 重症医学科'.split(' '),
];
const DEPARTMENTS_OF: Record<FacilityTier, number> = { province: 28, city: 28, county: 18, township: 5, village: 1 };

/** The tree: cities below the first hub, counties below cities, townships below counties, village stations below townships. */
export function placeAt(size: Size, index: number): Place {
  const { hubs, cities, counties, townships } = size;
  if (index < hubs) return { index, tier: 'province', name: `第${index}省级医院`, parent: null };
  const city = index - hubs;
  if (city < cities) return { index, tier: 'city', name: `第${city}市人民医院`, parent: 0 };
  const county = city - cities;
  if (county < counties)
    return { index, tier: 'county', name: `第${county}县人民医院`, parent: hubs + (county % cities) };
  const township = county - counties;
  if (township < townships)
    return { index, tier: 'township', name: `第${township}镇卫生院`, parent: countyIndex(size, township % counties) };
  const village = township - townships;
  const parent = hubs + cities + counties + (village % townships);
  return { index, tier: 'village', name: `第${village}村卫生室`, parent };
}

export const countyIndex = ({ hubs, cities }: Size, county: number): number => hubs + cities + county;

export function facilityRows(size: Size): TableRows {
  return {
    table: 'facility',
    columns: ['facilityId', 'name', 'tier', 'region6', 'parentId', 'departments', 'changedAt'],
    rows: rowsOf(size),
  };
}

function* rowsOf(size: Size): Generator<Cell[]> {
  for (let index = 0; index < facilityCount(size); index += 1) {
    const { tier, name, parent } = placeAt(size, index);
    const parentId = parent === null ? null : idOf('facility', parent);
    const departments = DEPARTMENTS.slice(0, DEPARTMENTS_OF[tier]).map(
      (one): Department => ({ name: one, code: null, answers: tier === 'province' }),
    );
    yield [idOf('facility', index), name, tier, '230100', parentId, JSON.stringify(departments), AT];
  }
}
