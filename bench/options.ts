/** What every benchmark is told. */
export interface BenchOptions {
  readonly products: number | undefined;
  readonly rounds: number | undefined;
  readonly baskets: number | undefined;
  readonly orders: number | undefined;
  /** Tells people what is going on; never on stdout. */
  readonly say: (line: string) => void;
}
