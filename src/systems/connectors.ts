/** The list of connectors: one line per folder beside this file. */
import { mpluskassa } from './mpluskassa/index.js';
import { softmaat } from './softmaat/index.js';
import type { Connector } from './system.js';

export const connectors: readonly Connector[] = [mpluskassa, softmaat];
