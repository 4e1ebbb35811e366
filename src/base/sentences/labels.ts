/** Names of fields and settings: English → Dutch, French. */
import { catalogueLabels } from './labels-catalogue.js';
import { codeLabels } from './labels-codes.js';
import { exportLabels } from './labels-exports.js';
import { saleLabels } from './labels-sales.js';
import type { Phrases } from './translations.js';

export const labels: Phrases = { ...exportLabels, ...catalogueLabels, ...saleLabels, ...codeLabels };
