/**
 * A canonical event as a message of Kafka. Pure; nothing in the hub reads it back. The same envelope as that of changes; `before` and
 * `after` hold the fields that changed. docs/events.md describes it.
 */
import type { Json } from '../base/document.js';
import type { ReadEntry } from './change-log.js';
import { connectorName, headersOf, schemaVersion } from './change-message.js';
import type { CanonicalEvent } from './envelope.js';

export const positionHeader = 'koppel-position';
const ops = { created: 'c', updated: 'u', deleted: 'd' } as const;

export interface EventMessage {
  readonly entity: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function toEventMessage({ offset, at, traceId, payload }: Omit<ReadEntry, 'key'>, hub?: string): EventMessage {
  const { entity, id, version, action, changes, cause } = payload as unknown as CanonicalEvent;
  const side = (which: 0 | 1): Record<string, Json> =>
    Object.fromEntries(Object.entries(changes).map(([field, values]) => [field, values[which]]));
  const position = String(offset);
  return {
    entity,
    key: id,
    value: JSON.stringify({
      before: action === 'created' ? null : side(0),
      after: action === 'deleted' ? null : side(1),
      source: {
        version: schemaVersion,
        connector: connectorName,
        name: 'hub',
        ts_ms: at.getTime(),
        entity,
        id,
        revision: version,
        position,
        cause,
      },
      op: ops[action],
      ts_ms: at.getTime(),
    }),
    headers: { ...headersOf(traceId, 'canonical', hub), [positionHeader]: position },
  };
}
