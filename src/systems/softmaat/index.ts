/**
 * The connector for Softmaat: an ERP and web-shop back office with a REST API, read by time of change. Its contract is
 * docs/softmaat-openapi.yaml; everything that knows its words is in this folder.
 */
import type { Connector } from '../system.js';
import { readAccount, testConnection } from './account.js';
import { makeApi } from './api.js';
import { codeWords } from './code-words.js';
import { codeLists, readCodes } from './codes.js';
import { catalogue, derive } from './catalogue.js';
import { defaultMappings } from './default-mapping.js';
import { discover } from './discover.js';
import { personal } from './personal.js';
import { pages, parseSettings, settingsSchema, systemName } from './settings.js';
import { makeSource } from './source.js';
import { streams } from './streams.js';
import { makeTarget, targets } from './target.js';
import { defaultValueLists } from './value-lists.js';

export const softmaat: Connector = {
  kind: 'softmaat',
  name: systemName,
  changeDetection: 'MODIFIED_SINCE',
  changedAtField: 'updatedAt',
  catalogue,
  defaultMappings,
  defaultValueLists,
  codeLists,
  codeWords,
  streams,
  targets,
  orderTotals: { level: 'rate', mode: 'halfUp', priceDecimals: 2, quantityDecimals: 6, takesNegativeQuantity: false },
  settingsSchema,
  pages,
  personal,
  derive,
  connect(document, deps) {
    const settings = parseSettings(document);
    const api = makeApi(settings, deps);
    return {
      source: makeSource(api, deps.clock),
      target: makeTarget(api, settings.timeoutMs, deps.clock),
      account: (signal) => readAccount(api, signal),
      test: (signal) => testConnection(api, signal),
      discover: (signal) => discover(api, signal),
      codes: (list, signal) => readCodes(api, list, signal),
      close() {
        api.close();
        return Promise.resolve();
      },
    };
  },
};
