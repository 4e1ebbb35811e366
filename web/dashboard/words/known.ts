/** What words there are, by the English ones: for the compiler, which takes no key that is not here. Pages are loaded with their own (app/lazy-page.ts). */
import { account } from '../pages/account/words.en.ts';
import { activity } from '../pages/activity/words.en.ts';
import { alerts } from '../pages/alerts/words.en.ts';
import { categories } from '../pages/categories/words.en.ts';
import { comparisons } from '../pages/comparisons/words.en.ts';
import { conflicts } from '../pages/conflicts/words.en.ts';
import { customers } from '../pages/customers/words.en.ts';
import { dataExport } from '../pages/data-export/words.en.ts';
import { flows } from '../pages/flows/words.en.ts';
import { held } from '../pages/held/words.en.ts';
import { jobs } from '../pages/jobs/words.en.ts';
import { mappings } from '../pages/mappings/words.en.ts';
import { orders } from '../pages/orders/words.en.ts';
import { overview } from '../pages/overview/words.en.ts';
import { position } from '../pages/position/words.en.ts';
import { problems } from '../pages/problems/words.en.ts';
import { products } from '../pages/products/words.en.ts';
import { records } from '../pages/records/words.en.ts';
import { restore } from '../pages/restore/words.en.ts';
import { settings } from '../pages/settings/words.en.ts';
import { setup } from '../pages/setup/words.en.ts';
import { stock } from '../pages/stock/words.en.ts';
import { systems } from '../pages/systems/words.en.ts';
import { undo } from '../pages/undo/words.en.ts';
import { valueLists } from '../pages/value-lists/words.en.ts';
import { common, kinds } from './everywhere/en.ts';
import { tools } from './tools/en.ts';
import { views } from './views/en.ts';

export const words = {
  common,
  kinds,
  tools,
  views,
  account,
  activity,
  alerts,
  categories,
  comparisons,
  conflicts,
  customers,
  dataExport,
  flows,
  held,
  jobs,
  mappings,
  orders,
  overview,
  position,
  problems,
  products,
  records,
  restore,
  settings,
  setup,
  stock,
  systems,
  undo,
  valueLists,
};
