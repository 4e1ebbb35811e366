/** A message of Kafka as an entry of the log. Pure. What the hub did not write itself becomes an entry that is parked alone, whatever is in it. */
import type { Json } from '../base/document.js';
import { KoppelError } from '../base/errors.js';
import type { ReadEntry } from './change-log.js';
import { foreignChange, fromChangeMessage, headerNames, type ExpectedChange } from './change-message.js';
import { changeKey, type Change } from './envelope.js';
import type { KafkaRecord } from './kafka-reader.js';

/** Where a message was found, and what is expected there. */
export interface MessagePlace {
  readonly topic: string;
  readonly partition: number;
  readonly expected: ExpectedChange;
  /** Which hub this is; a message that names none is believed. */
  readonly hub: string | undefined;
}

export function toEntry(message: KafkaRecord, place: MessagePlace): ReadEntry {
  const { offset, headers } = message;
  const found = readChange(message, place);
  const change = typeof found === 'string' ? foreignAt(message, place, found) : found;
  return {
    offset: BigInt(offset),
    key: changeKey(change),
    traceId: wordOf(headers[headerNames.trace]) ?? `kafka:${place.partition}:${offset}`,
    at: timeOf(message),
    payload: change as unknown as Json,
  };
}

/** The change, or why it is none of this hub. */
function readChange({ key, value, headers }: KafkaRecord, { expected, hub }: MessagePlace): Change | string {
  const writer = writerOf({ headers });
  if (hub !== undefined && writer !== undefined && writer !== hub) return 'another hub has written it';
  const found = fromChangeMessage(value, expected);
  if ('foreign' in found) return found.foreign;
  return key !== null && key.toString('utf8') === changeKey(found) ? found : 'its key is another one';
}

/** The hub that has written a message, when it says so. */
export const writerOf = ({ headers }: Pick<KafkaRecord, 'headers'>): string | undefined =>
  wordOf(headers[headerNames.hub]);

/** Whoever has written the message may have put anything there. */
function wordOf(header: KafkaRecord['headers'][string] | undefined): string | undefined {
  const text = header instanceof Buffer ? header.toString('latin1') : '';
  return /^[\x21-\x7e]{1,200}$/.test(text) ? text : undefined;
}

function foreignAt(message: KafkaRecord, { topic, partition, expected }: MessagePlace, what: string): Change {
  const { offset } = message;
  const { code, message: said } = new KoppelError('LOG_MESSAGE_FOREIGN', { topic, partition, offset, what });
  const at = timeOf(message).toISOString();
  return foreignChange(message, expected, { partition, offset, at }, { code, message: said });
}

/** Other writers may have put anything there. */
function timeOf({ timestamp }: KafkaRecord): Date {
  const time = new Date(Number(timestamp));
  return Number.isNaN(time.getTime()) ? new Date(0) : time;
}
