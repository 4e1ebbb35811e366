/** The connectors as the graph shows them. */
import type { Connector } from '../schema/system.js';
import { connectors } from '../systems/connectors.js';

export const shownConnectors = (): readonly Connector[] =>
  connectors.map(({ kind, name, settingsSchema, pages }) => ({
    ...{ id: `con_${kind}`, key: kind, name },
    ...{ settingsSchema, pages },
  }));
