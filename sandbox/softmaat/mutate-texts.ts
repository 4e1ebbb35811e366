/** Texts and characteristics that a person adds in the back office. */
import { leadTimes, materials, origins } from '../engine/shop-data.js';
import type { Random } from '../engine/random.js';
import type { Row } from './answers.js';

export function enrich(random: Random, name: string): string {
  const safe = name.replace(/[<>&]/g, '');
  return `<p><strong>${safe}</strong> van ${random.pick(materials)}, uit ${random.pick(origins)}.</p><p>Levertijd ${random.pick(leadTimes)} &middot; ref ${random.integer(1, 999_999)}</p>`;
}

/** The list with one characteristic added or replaced that the till has no field for. */
export function characteristicEdit(random: Random, present: readonly Row[]): readonly Row[] {
  const others = present.filter((one) => one['code'] !== 'wasvoorschrift');
  return [
    ...others,
    {
      code: 'wasvoorschrift',
      value: `${random.integer(30, 60)} graden, programma ${random.integer(1, 9_999)}`,
      unit: null,
    },
  ];
}
