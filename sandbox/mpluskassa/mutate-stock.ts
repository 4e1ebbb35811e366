/** What moves stock on an ordinary day: till sales, counted corrections, deliveries of suppliers. */
import type { Random } from '../engine/random.js';
import { randomKey, type Changed } from './edit.js';
import type { Shop } from './shop.js';
import { changeStock } from './stock.js';

export function editStock(shop: Shop, random: Random, changed: Changed): void {
  if (shop.stock.size === 0) return;
  const key = randomKey(shop.stock, random);
  const row = shop.stock.get(key);
  if (row === undefined) return;
  const { branchNumber, articleNumber } = row;
  const draw = random.next();
  if (draw < 0.6)
    changeStock(shop, { branchNumber, articleNumber, onHand: -random.integer(1, 3) * 1_000, type: 'SALES' });
  else if (draw < 0.85)
    changeStock(shop, { branchNumber, articleNumber, onHand: countedDifference(random), type: 'CORRECTION' });
  else
    changeStock(shop, {
      branchNumber,
      articleNumber,
      onHand: random.integer(5, 40) * 1_000,
      incoming: -row.incoming,
      type: 'DELIVERY',
    });
  changed('stock', key);
}

const countedDifference = (random: Random): number => (random.chance(0.5) ? 1 : -1) * random.integer(1, 8) * 1_000;
