/** What every benchmark is told. */
export interface BenchOptions {
  readonly products: number | undefined;
  readonly rounds: number | undefined;
  readonly baskets: number | undefined;
  readonly orders: number | undefined;
  readonly changes: number | undefined;
  readonly seconds: number | undefined;
  /** Small sizes, to see whether it runs. */
  readonly quick: boolean;
  /** Only these parts of a benchmark that has several. */
  readonly parts: readonly string[] | undefined;
  /** Tells people what is going on; never on stdout. */
  readonly say: (line: string) => void;
}
