/** The part of the catalogue of error codes that is about the change log. */
import type { ErrorDefinition } from './error-definition.js';

export const logErrorCodes = {
  LOG_UNREACHABLE: {
    class: 'environment',
    message: 'The change log (Kafka) could not be used: {what}.',
    hint: 'The hub goes on trying and nothing is lost; check the brokers when it lasts.',
  },
  LOG_REFUSED: {
    class: 'environment',
    message: 'The change log (Kafka) refused the hub: {what}.',
    hint: 'Correct KOPPEL_KAFKA_USERNAME and KOPPEL_KAFKA_PASSWORD; when it is about a certificate, let KOPPEL_KAFKA_CERT and KOPPEL_KAFKA_KEY name one that the brokers accept; or give the hub the rights to create, write and read its topics.',
  },
  LOG_UNTRUSTED: {
    class: 'environment',
    message: 'The hub does not trust the brokers of the change log (Kafka): {what}.',
    hint: 'Let KOPPEL_KAFKA_CA name the file with the authority that has signed their certificates, and reach them by the names in those.',
  },
  LOG_POSITION_LOST: {
    class: 'environment',
    message:
      'The hub has read {topic}, partition {partition}, up to {position}, but the log holds {start} to {end}: what lay between was removed, or the topic is another one.',
    hint: 'Read the system again from its beginning (flowMarkerReset to BEGINNING); to HERE gives up what was removed.',
  },
  LOG_EVENTS_LOST: {
    class: 'environment',
    message:
      'Canonical events were removed before the hub had read them ({consumer}): it has read them up to {position}, but the log holds {start} to {end}. A check of all flows finds what they told.',
    hint: 'Start a check of all flows, as after a restore (restoreCheckStart, or npm run restored): it compares what the events would have told, and goes on behind them.',
  },
  LOG_TOPIC_USED: {
    class: 'usage',
    message: 'Topic {topic} has messages already, and this hub has never used it.',
    hint: 'Give each hub its own KOPPEL_KAFKA_PREFIX. When the topics are of a hub that is no more, delete all of them that begin with its prefix.',
  },
  LOG_SHORTENED: {
    class: 'environment',
    message:
      'The brokers had acknowledged {topic}, partition {partition}, up to {acknowledged}, but it ends at {end}: they have lost what was there, or the topic is another one.',
    hint: 'Read the system again from its beginning (flowMarkerReset to BEGINNING); to HERE gives up what was lost.',
  },
  LOG_TOPIC_UNKNOWN: {
    class: 'usage',
    message: 'The change log has no topic for {what}.',
    hint: 'Start the hub again, so that it learns what its connectors show.',
  },
  LOG_MESSAGE_TOO_LARGE: {
    class: 'environment',
    message: 'A record of {topic} is larger than the brokers accept: {what}.',
    hint: 'Raise max.message.bytes of the topic; the hub goes on trying, and the stream waits.',
  },
  LOG_MESSAGE_FOREIGN: {
    class: 'data',
    message: 'The message at {offset} in {topic}, partition {partition}, is none of the hub: {what}.',
    hint: 'Find out who writes to the topic; it belongs to the hub alone. What was in the message is kept with this problem.',
  },
  INGEST_STANDS_STILL: {
    class: 'environment',
    message:
      'Changes of {system} have waited since {moment}, and nothing is taken in: no process with the role ingest runs, or it fails at every try.',
    hint: 'Start a process with the role ingest, or read in the log of those that run why they fail (rights on the topics, the way to the brokers). Nothing is lost.',
  },
  LOG_CARRIER_UNREAD: {
    class: 'usage',
    message:
      'There are {count} changes in the {other} log that have not been taken in, and the hub was started with the {wanted} log.',
    hint: 'Start it once more as before, wait until the flows have nothing left to do, then change over.',
  },
} as const satisfies Record<string, ErrorDefinition>;
