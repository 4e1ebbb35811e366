/** The variables that let Kafka carry the change log, and what they must say together. */
import { z } from 'zod';
import { define, durationOf, numberVariable } from './variable.js';

const file = (meaning: string, example: string) =>
  define({
    schema: z.string().regex(/^[^\0]+$/),
    standard: undefined,
    expected: 'a file in PEM',
    example,
    meaning,
  });

const text = (meaning: string, example: string, isSecret: boolean) =>
  define({
    schema: z.string().min(1).max(500),
    standard: undefined,
    expected: 'a text',
    example,
    meaning,
    ...(isSecret ? { isSecret } : {}),
  });

const leastRetentionMs = 3_600_000;

export const kafkaMechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

export const kafkaVariables = {
  KOPPEL_KAFKA_BROKERS: define({
    schema: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,253}:\d{1,5}(,[A-Za-z0-9._-]{1,253}:\d{1,5})*$/)
      .transform((list): readonly string[] => list.split(',')),
    standard: undefined,
    expected: 'host:port, several separated by commas',
    example: 'kafka-1:9092,kafka-2:9092,kafka-3:9092',
    meaning: 'lets this Kafka (4 or later) carry the change log and publishes canonical events there',
  }),
  KOPPEL_KAFKA_TLS: define({
    schema: z.enum(['0', '1']).transform((value) => value === '1'),
    standard: '0',
    expected: '0 or 1',
    example: '1',
    meaning: 'encrypts the connections to the brokers',
  }),
  KOPPEL_KAFKA_CA: file('whom to trust as a broker instead of whom the machine trusts', '/etc/koppel/kafka-ca.pem'),
  KOPPEL_KAFKA_CERT: file('certificate that the hub shows to the brokers', '/etc/koppel/kafka.pem'),
  KOPPEL_KAFKA_KEY: file('private key of that certificate', '/etc/koppel/kafka-key.pem'),
  KOPPEL_KAFKA_SASL_MECHANISM: define({
    schema: z.enum(kafkaMechanisms),
    standard: undefined,
    expected: `one of ${kafkaMechanisms.join(', ')}`,
    example: 'scram-sha-512',
    meaning: 'how the hub logs in to the brokers',
  }),
  KOPPEL_KAFKA_USERNAME: text('name with which it does', 'koppel', false),
  KOPPEL_KAFKA_PASSWORD: text('password with which it does', 'the one that the operator of Kafka gave', true),
  KOPPEL_KAFKA_PREFIX: define({
    schema: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/),
    standard: 'koppel',
    expected: 'at most 60 letters, digits, - and _',
    example: 'koppel-staging',
    meaning: 'what the names of its topics begin with; each hub of a Kafka needs its own',
  }),
  KOPPEL_KAFKA_COPIES: define({
    schema: z
      .string()
      .regex(/^[1-9]$/)
      .transform(Number),
    standard: undefined,
    expected: 'a whole number from 1 to 9',
    example: '3',
    meaning: 'copies of each topic that the hub makes; else three, or as many as there are brokers at that moment',
  }),
  KOPPEL_KAFKA_PARTITIONS: numberVariable(
    8,
    1,
    1000,
    'partitions of each topic; decided at the first start, because another number would break the order',
  ),
  KOPPEL_KAFKA_RETENTION: define({
    schema: z
      .string()
      .refine((value) => durationOf(value) >= leastRetentionMs)
      .transform(durationOf),
    standard: 'P30D',
    expected: 'an ISO 8601 duration of at least PT1H',
    example: 'P30D',
    meaning: 'how long topics that the hub makes keep their messages',
  }),
} as const;

export interface KafkaConfig {
  readonly brokers: readonly string[];
  readonly tls: boolean;
  /** Files. */
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly sasl:
    | { readonly mechanism: (typeof kafkaMechanisms)[number]; readonly username: string; readonly password: string }
    | undefined;
  readonly prefix: string;
  readonly copies: number | undefined;
  readonly partitions: number;
  readonly retentionMs: number;
}

export type KafkaVariable = keyof typeof kafkaVariables;

/** What a variable asks of another one: `[given, needed]`. */
const together: readonly (readonly [KafkaVariable, KafkaVariable])[] = [
  ['KOPPEL_KAFKA_CA', 'KOPPEL_KAFKA_TLS'],
  ['KOPPEL_KAFKA_CERT', 'KOPPEL_KAFKA_KEY'],
  ['KOPPEL_KAFKA_KEY', 'KOPPEL_KAFKA_CERT'],
  ['KOPPEL_KAFKA_CERT', 'KOPPEL_KAFKA_TLS'],
  ['KOPPEL_KAFKA_SASL_MECHANISM', 'KOPPEL_KAFKA_USERNAME'],
  ['KOPPEL_KAFKA_SASL_MECHANISM', 'KOPPEL_KAFKA_PASSWORD'],
  ['KOPPEL_KAFKA_USERNAME', 'KOPPEL_KAFKA_SASL_MECHANISM'],
  ['KOPPEL_KAFKA_PASSWORD', 'KOPPEL_KAFKA_SASL_MECHANISM'],
];

/** Variables that are missing beside what was given, with the one that asks for each. */
export function missingTogether(
  isGiven: (name: KafkaVariable) => boolean,
): readonly { readonly name: KafkaVariable; readonly because: KafkaVariable }[] {
  const needed: readonly (readonly [KafkaVariable, KafkaVariable])[] = [
    ...(Object.keys(kafkaVariables) as KafkaVariable[]).map((name) => [name, 'KOPPEL_KAFKA_BROKERS'] as const),
    ...together,
  ];
  const missing = new Map<KafkaVariable, KafkaVariable>();
  for (const [because, name] of needed) {
    if (isGiven(because) && !isGiven(name) && !missing.has(name)) missing.set(name, because);
  }
  return [...missing].map(([name, because]) => ({ name, because }));
}
