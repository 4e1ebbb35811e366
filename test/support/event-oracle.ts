/**
 * Says on its own whether the topics of canonical events in Kafka hold what the hub's database says happened, and whether every message,
 * of changes too, has the form that is promised. In: the brokers, by the plain client as any reader would, and the hub's own events. Out:
 * sentences; none = each event is there, in the order of its record.
 */
import { malformedIn, readMessages, type TopicMessage } from './topic-messages.js';
import { until } from './wait.js';

export interface PublishedEvent {
  readonly entity: string;
  readonly record: string;
  readonly position: number;
}

export interface EventVerdict {
  /** Not published, or only after a later one of the same record. */
  readonly lost: string[];
  /** Published, but never happened. */
  readonly invented: string[];
  readonly compared: number;
  /** Published more than once, which readers know by the position. */
  readonly repeated: number;
}

/** What is said of all topics of a hub. */
export interface TopicVerdict extends EventVerdict {
  /** Messages of either kind that are not as docs/events.md says. */
  readonly malformed: string[];
  /** Messages in topics of changes. */
  readonly changes: number;
}

type Ask = <T extends object>(question: string, values?: readonly unknown[]) => Promise<T[]>;

const prefix = 'koppel.canonical.';

/** Waits until the relay says that it has published everything. */
export const untilPublished = (ask: Ask, withinMs = 60_000): Promise<unknown> =>
  until(
    async () => {
      const [left] = await ask<{ count: number }>(
        `select (p.next_offset - c.next_offset)::int as count from log_partition p
         join consumer_position c using (topic, partition) where p.topic = 'canonical' and c.consumer = 'relay'`,
      );
      return left?.count === 0;
    },
    { what: 'the relay to have published everything', timeoutMs: withinMs, everyMs: 100 },
  );

/**
 * Reads all that is published and compares it with what happened. The hub may go on meanwhile: what had happened before the topics were
 * read must be in them, and what is in them must have happened by the time that they were read.
 */
export async function judgeEvents(ask: Ask, bootstrap: string): Promise<TopicVerdict> {
  const happened = (): Promise<PublishedEvent[]> =>
    ask<PublishedEvent>(
      `select payload::jsonb->>'entity' as entity, payload::jsonb->>'id' as record, "offset"::int as position
       from log_entry where topic = 'canonical' order by "offset"`,
    );
  const before = await happened();
  const messages = await readMessages(bootstrap);
  const published = eventsIn(messages);
  return {
    ...compareEvents(before, published, await happened()),
    malformed: malformedIn(messages),
    changes: messages.length - published.length,
  };
}

/** `before` and `after`: what happened, in commit order, until before and after reading; `published` in the order of each partition. */
export function compareEvents(
  before: readonly PublishedEvent[],
  published: readonly PublishedEvent[],
  after = before,
): EventVerdict {
  const name = ({ entity, record, position }: PublishedEvent): string => `event ${position} of ${entity} ${record}`;
  const newest = new Map<string, number>();
  const taken = new Set<string>();
  let repeated = 0;
  for (const event of published) {
    // As docs/events.md tells readers: what is not newer than the last one of its record is a repetition.
    if (event.position > (newest.get(event.record) ?? -1)) {
      newest.set(event.record, event.position);
      taken.add(name(event));
    } else repeated++;
  }
  const due = new Set(before.map(name));
  const known = new Set(after.map(name));
  return {
    lost: [...due].filter((each) => !taken.has(each)),
    invented: [...taken].filter((each) => !known.has(each)),
    compared: due.size,
    repeated,
  };
}

/** Everything in the topics of canonical events, each partition in its order. */
export const readEvents = async (bootstrap: string): Promise<PublishedEvent[]> =>
  eventsIn(await readMessages(bootstrap));

/** How many changes the hub has written into Kafka. */
export const countChanges = async (bootstrap: string): Promise<number> =>
  (await readMessages(bootstrap)).filter(({ topic }) => !topic.startsWith(prefix)).length;

const eventsIn = (messages: readonly TopicMessage[]): PublishedEvent[] =>
  messages
    .filter(({ topic }) => topic.startsWith(prefix))
    .map(({ topic, key, headers }) => ({
      entity: topic.slice(prefix.length),
      record: String(key),
      position: Number(headers['koppel-position']),
    }));
