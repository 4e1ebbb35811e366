/** The connector of MplusKASSA behind the port of systems. */
import type { Connector } from '../system.js';
import { makeApi } from './api.js';
import { codeWords } from './code-words.js';
import { codeLists, readCodes } from './codes.js';
import { catalogue } from './catalogue.js';
import { checkConnection, readAccount } from './connection.js';
import { defaultMappings } from './default-mapping.js';
import { derive } from './derive.js';
import { discover } from './discover.js';
import { personal } from './personal.js';
import { currencyIn, pages, parseSettings, settingsSchema, systemName } from './settings.js';
import { makeSource, streams } from './source.js';
import { makeTarget, targets } from './target.js';
import { defaultValueLists } from './value-lists.js';

export const mpluskassa: Connector = {
  kind: 'mpluskassa',
  name: systemName,
  changeDetection: 'SYNC_MARKER',
  // Rows of stock have one; of its other records it only says that they were changed.
  changedAtField: 'changeTimestamp',
  catalogue,
  defaultMappings,
  defaultValueLists,
  codeLists,
  codeWords,
  streams,
  targets,
  // Each line is rounded to cents, half up, away from zero; prices are whole cents, quantities have up to three decimals.
  orderTotals: { level: 'line', mode: 'halfUp', priceDecimals: 2, quantityDecimals: 3, takesNegativeQuantity: true },
  amountsIn: currencyIn,
  settingsSchema,
  pages,
  personal,
  derive,
  connect(document, deps) {
    const settings = parseSettings(document);
    const api = makeApi(settings, deps);
    return {
      source: makeSource(api, settings, deps.clock),
      target: makeTarget(api, settings, deps.clock),
      account: (signal) => readAccount(api, settings, signal),
      test: (signal) => checkConnection(api, settings, signal),
      discover: (signal) => discover(api, signal),
      codes: (list, signal) => readCodes(api, list, signal),
      async close() {
        api.close();
      },
    };
  },
};
