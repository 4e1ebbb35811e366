/** The peer that most projects start with: TypeORM entities, loaded and saved one by one. Writes the same rows as the hub. */
import 'reflect-metadata';
import { DataSource, EntitySchema } from 'typeorm';
import { systemClock } from '../src/base/clock.js';
import { newId } from '../src/base/ids.js';
import { Product } from '../src/schema/product.js';
import { ProductVariant } from '../src/schema/product-variant.js';

interface Reference {
  system: string;
  entity: string;
  external_id: string;
  canonical_id: string;
  origin: string;
  source_version: string | null;
  content_hash: string | null;
}
interface Event {
  topic: string;
  partition: number;
  offset: string;
  key: string;
  trace_id: string;
  payload: string;
}
interface JournalRow {
  position: string;
  at: Date;
  trace_id: string;
  step: string;
  outcome: string;
  entity: string;
  canonical_id: string;
  detail: object;
}

const referenceSchema = new EntitySchema<Reference>({
  name: 'external_reference',
  columns: {
    system: { type: 'text', primary: true },
    entity: { type: 'text', primary: true },
    external_id: { type: 'text', primary: true },
    canonical_id: { type: 'text' },
    origin: { type: 'text' },
    source_version: { type: 'numeric', nullable: true },
    content_hash: { type: 'text', nullable: true },
  },
});
const eventSchema = new EntitySchema<Event>({
  name: 'log_entry',
  columns: {
    topic: { type: 'text', primary: true },
    partition: { type: 'integer', primary: true },
    offset: { type: 'bigint', primary: true },
    key: { type: 'text' },
    trace_id: { type: 'text' },
    payload: { type: 'text' },
  },
});
const journalSchema = new EntitySchema<JournalRow>({
  name: 'journal',
  columns: {
    position: { type: 'bigint', primary: true },
    at: { type: 'timestamptz', primary: true },
    trace_id: { type: 'text' },
    step: { type: 'text' },
    outcome: { type: 'text' },
    entity: { type: 'text' },
    canonical_id: { type: 'text' },
    detail: { type: 'jsonb' },
  },
});

export interface Orm {
  /** Saves changed rows of that many products; returns seconds. */
  saveChanged(products: number, edition: number): Promise<number>;
  close(): Promise<void>;
}

export async function openOrm(url: string): Promise<Orm> {
  const source = await new DataSource({
    type: 'postgres',
    url,
    entities: [Product, ProductVariant, referenceSchema, eventSchema, journalSchema],
    installExtensions: false,
  }).initialize();
  let next = 1_000_000_000;

  const note = async (entity: string, id: string, changes: object): Promise<void> => {
    const offset = String(next++);
    const traceId = newId('trace');
    const payload = JSON.stringify({ entity, id, changes });
    await source
      .getRepository(eventSchema)
      .save({ topic: 'canonical', partition: 0, offset, key: id, trace_id: traceId, payload });
    await source.getRepository(journalSchema).save({
      position: offset,
      at: systemClock.now(),
      trace_id: traceId,
      step: 'applied',
      outcome: 'updated',
      entity,
      canonical_id: id,
      detail: { fields: Object.keys(changes) },
    });
  };

  return {
    async saveChanged(count, edition) {
      const products = await source.getRepository(Product).find({ take: count, order: { id: 'ASC' } });
      const variants = await Promise.all(
        products.map((product) => source.getRepository(ProductVariant).findBy({ productId: product.id })),
      );
      const references = await Promise.all(
        products.map((product) => source.getRepository(referenceSchema).findOneByOrFail({ canonical_id: product.id })),
      );
      const started = performance.now();
      for (const [i, product] of products.entries()) {
        product.name = `${product.name.split(',')[0]}, edition ${edition}`;
        await source.getRepository(Product).save(product);
        await note('product', product.id, { name: product.name });
        for (const variant of variants[i] ?? []) {
          variant.priceAmount = `${10 + edition}.95`;
          await source.getRepository(ProductVariant).save(variant);
          await note('variant', variant.id, { priceAmount: variant.priceAmount });
        }
        const reference = references[i];
        if (reference === undefined) continue;
        reference.content_hash = `edition ${edition}`;
        await source.getRepository(referenceSchema).save(reference);
      }
      return (performance.now() - started) / 1000;
    },
    close: () => source.destroy(),
  };
}
