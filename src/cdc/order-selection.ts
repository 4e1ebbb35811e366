/** Which orders the flows from a system take: by type of document and by when they were placed. Pure. */
import type { Draft } from '../canonical/identity.js';
import { documentsOf } from '../canonical/order-fields.js';
import type { Configuration, Flow } from '../sync/configuration.js';
import { flowsInUse } from './sources.js';

/** Why no order flow from the system takes a document that the hub does not know yet, as a sentence; undefined when one does. */
export function whyNotTaken(configuration: Configuration, system: string, draft: Draft): string | undefined {
  if (draft.entity !== 'order') return undefined;
  const flows = flowsInUse(configuration).filter((flow) => flow.entity === 'order' && flow.source === system);
  if (flows.length === 0) return undefined;
  const { type = 'ORDER', placedAt } = draft.fields;
  const ofType = flows.filter(({ settings }) => settings.order.types.some((each) => each === type));
  if (ofType.length === 0)
    return `No ${documentsOf(String(type))} are taken over from ${nameOf(configuration, system)}.`;
  const starts = ofType.map(startOf);
  if (starts.includes(undefined) || typeof placedAt !== 'string') return undefined;
  const [first = ''] = [...(starts as string[])].sort((a, b) => Date.parse(a) - Date.parse(b));
  if (Date.parse(placedAt) >= Date.parse(first)) return undefined;
  return `It was placed at ${placedAt}; orders are taken that were placed from ${first} on.`;
}

function startOf({ settings: { startFrom } }: Flow): string | undefined {
  return typeof startFrom === 'object' ? startFrom.placedFrom : undefined;
}

const nameOf = (configuration: Configuration, system: string): string =>
  configuration.systems.get(system)?.name ?? system;
