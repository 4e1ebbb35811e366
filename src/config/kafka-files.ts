/**
 * The files in PEM that variables of Kafka name. In: a configuration that was parsed. Out: the same, or what is wrong with those files as
 * problems of the variables: a process that would only find out when it asks the brokers would be started again for ever.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Config, ConfigProblem, Parsed } from './config.js';
import type { KafkaConfig } from './kafka-variables.js';
import { variables } from './variables.js';

type FileVariable = 'KOPPEL_KAFKA_CA' | 'KOPPEL_KAFKA_CERT' | 'KOPPEL_KAFKA_KEY';

/** Reads the files once, to see whether the hub can use them. */
export function withUsableFiles<C extends Config>(parsed: Parsed<C>): Parsed<C> {
  const kafka = parsed.ok ? parsed.config.kafka : undefined;
  const problems = kafka === undefined ? [] : problemsOfFiles(kafka);
  return problems.length === 0 ? parsed : { ok: false, problems };
}

function problemsOfFiles({ ca, cert, key }: KafkaConfig): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  /** What a file holds; undefined when it is not named, or something is wrong with it. */
  const read = <T>(variable: FileVariable, file: string | undefined, kind: string, parse: (pem: string) => T) => {
    if (file === undefined) return undefined;
    const refuse = (expected: string): undefined => {
      problems.push({ variable, given: file, expected, example: variables[variable].example });
    };
    let pem: string;
    try {
      pem = readFileSync(file, 'utf8');
    } catch (error) {
      return refuse(`a file in PEM that the user of this process can read (${(error as Error).message})`);
    }
    try {
      return parse(pem);
    } catch {
      return refuse(kind);
    }
  };
  const certificateIn = (pem: string): X509Certificate => new X509Certificate(pem);
  read('KOPPEL_KAFKA_CA', ca, 'a file in PEM with one or more certificates', certificateIn);
  const own = read('KOPPEL_KAFKA_CERT', cert, 'a file in PEM with the certificate of the hub', certificateIn);
  read('KOPPEL_KAFKA_KEY', key, 'a file in PEM with the private key of KOPPEL_KAFKA_CERT, not encrypted', (pem) => {
    const secret = createPrivateKey(pem);
    if (own?.checkPrivateKey(secret) === false) throw new Error('it is of another certificate');
  });
  return problems;
}
