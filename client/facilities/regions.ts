/** Codes of GB/T 2260 with their names, as `@vant/area-data` has them from the Ministry of Civil Affairs; loaded when first needed. */
export interface Regions {
  provinces: Record<string, string>;
  cities: Record<string, string>;
  counties: Record<string, string>;
}

export async function loadRegions(): Promise<Regions> {
  const { areaList } = await import('@vant/area-data');
  return { provinces: areaList.province_list, cities: areaList.city_list, counties: areaList.county_list };
}

export const provinceOf = (region6: string): string => `${region6.slice(0, 2)}0000`;
export const cityOf = (region6: string): string => `${region6.slice(0, 4)}00`;

/** `黑龙江省 哈尔滨市 宾县`; undefined where the list does not know the code. */
export function regionName({ provinces, cities, counties }: Regions, region6: string): string | undefined {
  const own = counties[region6] ?? cities[region6] ?? provinces[region6];
  if (own === undefined) return undefined;
  const names = [provinces[provinceOf(region6)], cities[cityOf(region6)], own];
  return [...new Set(names.filter((name) => name !== undefined))].join(' ');
}

/** What lies below a province or a city, by code. */
export function within(list: Record<string, string>, prefix: string): [code: string, name: string][] {
  return Object.entries(list).filter(([code]) => code.startsWith(prefix));
}
