/** What all parts of the Kafka benchmark are given. */
import type { BenchOptions } from './options.js';

export interface Grounds {
  readonly options: BenchOptions;
  /** Address of the Postgres. */
  readonly server: string;
  readonly brokers: string;
  /** For the words of other processes. */
  readonly folder: string;
  readonly say: (line: string) => void;
}
