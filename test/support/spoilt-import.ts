/**
 * An import in the till that goes wrong: simple products get another name and ten times their price. The till rests meanwhile, so that the hub
 * reads all of it when it looks again, in one run. What both systems say of the products then, and the runs that brought it in.
 */
import type { HubHandle } from './processes.js';
import { peopleAtTheTill } from './people.js';
import type { Stage } from './stage.js';
import { undoing } from './undo.js';
import { until } from './wait.js';

/** A simple product as the shop has it. */
export interface Sold {
  readonly sku: string;
  readonly type: string;
  readonly name: string;
  readonly price: { readonly amount: string } | null;
}
interface Article {
  readonly articleNumber: string;
  readonly productNumber: string;
  readonly pluNumber?: string;
  readonly priceIncl: string;
}
export interface BringingRun {
  readonly id: string;
  /** Records of which it changed something that can be put back. */
  readonly reversible: number;
}

const cents = ({ price }: Sold): number => Math.round(Number(price?.amount) * 100);
/** What both systems say of a product while all is well, and after the import. */
export const rightly = (product: Sold): string => `${product.name} ${cents(product)}`;
export const wrongly = (product: Sold): string => `FOUT ${product.name} ${cents(product) * 10}`;

/** `stageNow`, `hubNow`: as they are at that moment. */
export function spoiling(stageNow: () => Stage, hubNow: () => HubHandle) {
  const { planFor } = undoing(hubNow);
  const articlesNow = () => stageNow().till.records<Article>('articles');
  /** What a till calls by a PLU of its own is left out: its SKU becomes that when the hub writes to it. */
  async function soldNow(): Promise<readonly Sold[]> {
    const [products, articles] = await Promise.all([stageNow().shop.records<Sold>('products'), articlesNow()]);
    const plain = new Set(articles.filter(({ pluNumber }) => !pluNumber).map(({ articleNumber }) => articleNumber));
    return products.filter(({ type, sku }) => type === 'simple' && sku < '900000' && plain.has(sku));
  }

  /** `name price` of each product in the till and in the shop. */
  async function inBoth(products: readonly Sold[]): Promise<readonly { till: string; shop: string }[]> {
    const [inShop, articles, inTill] = await Promise.all([
      soldNow(),
      articlesNow(),
      stageNow().till.records<{ productNumber: string; description: string }>('products'),
    ]);
    return products.map(({ sku }) => {
      const article = articles.find(({ articleNumber }) => articleNumber === sku)!;
      const { description } = inTill.find(({ productNumber }) => productNumber === article.productNumber)!;
      return { till: `${description} ${Number(article.priceIncl)}`, shop: rightly(inShop.find((each) => each.sku === sku)!) }; // prettier-ignore
    });
  }
  const untilBoth = (products: readonly Sold[], wanted: (product: Sold) => string, what: string): Promise<unknown> =>
    until(
      async () => (await inBoth(products)).every(({ till, shop }, i) => till === shop && till === wanted(products[i]!)),
      { timeoutMs: 60_000, everyMs: 300, what },
    );
  async function rest(command: 'systemPause' | 'systemResume'): Promise<void> {
    const { systems } = await hubNow().graphql<{ systems: { id: string; key: string }[] }>('{ systems { id key } }');
    const { id } = systems.find(({ key }) => key === 'mpluskassa')!;
    await hubNow().graphql(`mutation ($id: ID!) { ${command}(input: { id: $id }) { userErrors { message } } }`, { id });
  }
  /** Runs of which something can be put back. */
  async function runsNow(): Promise<readonly (BringingRun & { readonly records: object })[]> {
    const { flowRuns } = await hubNow().graphql<{ flowRuns: { nodes: { id: string; isUndoable: boolean }[] } }>(
      '{ flowRuns(first: 10) { nodes { id isUndoable } } }',
    );
    const found: (BringingRun & { records: object })[] = [];
    for (const { id } of flowRuns.nodes.filter(({ isUndoable }) => isUndoable)) {
      const { records } = await planFor({ runId: id });
      if (records.reversible > 0) found.push({ id, reversible: records.reversible, records });
    }
    return found;
  }
  /** Of all that has happened, when each step is in one that has ended: what comes next is in a run of its own. */
  async function endedRuns(): Promise<readonly string[]> {
    const ended = async (): Promise<readonly string[] | undefined> => {
      // The hub looks once a second whether there is something new, and opens a run for it then; of what is older it needed none.
      const isNew = `select 1 from journal j where j.step in ('applied', 'written', 'repaired', 'excluded', 'parked') and j.flow is not null
        and j.at > clock_timestamp() - interval '10 seconds' and j.at > coalesce((select max(finished_at) from flow_run r where r.flow = j.flow), '-infinity') limit 1`;
      if ((await stageNow().ask(isNew)).length > 0) return undefined;
      const { flowRuns } = await hubNow().graphql<{ flowRuns: { nodes: { id: string; finishedAt: string | null }[] } }>(
        '{ flowRuns(first: 50) { nodes { id finishedAt } } }',
      );
      return flowRuns.nodes.every(({ finishedAt }) => finishedAt !== null)
        ? flowRuns.nodes.map(({ id }) => id)
        : undefined;
    };
    return until(ended, { timeoutMs: 60_000, everyMs: 300, what: 'no run to go on' });
  }
  /** Spoils the products; the runs with all of it, one unless the machine was slow, when both systems have it. */
  async function spoil(products: readonly Sold[]): Promise<readonly BringingRun[]> {
    const articles = await articlesNow();
    const before = await endedRuns();
    await rest('systemPause');
    for (const product of products) {
      const { productNumber, articleNumber } = articles.find((each) => each.articleNumber === product.sku)!;
      const articleList = [{ articleNumber, priceIncl: String(cents(product) * 10) }];
      await peopleAtTheTill(stageNow().till).call('updateProduct', { product: { productNumber, description: `FOUT ${product.name}`, articleList } }); // prettier-ignore
    }
    await rest('systemResume');
    await untilBoth(products, wrongly, 'the mistake to be in both systems');
    return until(
      async () => {
        const runs = (await runsNow()).filter(({ id }) => !before.includes(id));
        // A product and its article are two records.
        const reversible = runs.reduce((sum, run) => sum + run.reversible, 0);
        if (reversible !== products.length * 2)
          throw new Error(`${reversible} of ${products.length * 2} in ${JSON.stringify(runs)}`);
        return runs;
      },
      { timeoutMs: 60_000, everyMs: 300, what: 'the runs that brought it in to end' },
    );
  }
  return { soldNow, inBoth, untilBoth, spoil };
}
