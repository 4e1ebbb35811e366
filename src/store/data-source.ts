/**
 * TypeORM over the entities of the graph. Migrations are SQL and own the tables; this is for simple administration reads and
 * for comparing the entities with the migrated tables. It never changes a table.
 */
import { DataSource } from 'typeorm';
import { Category } from '../schema/category.js';
import { Customer } from '../schema/customer.js';
import { SalesOrder } from '../schema/order.js';
import { Product } from '../schema/product.js';
import { ProductVariant } from '../schema/product-variant.js';
import { StockLevel } from '../schema/stock-level.js';
import { StockLocation } from '../schema/stock-location.js';

export const entities = [Product, ProductVariant, Category, StockLocation, StockLevel, Customer, SalesOrder] as const;

/** Not connected yet: call `initialize()`, and `destroy()` when done. */
export const makeDataSource = (url: string): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    applicationName: 'koppel administration',
    entities: [...entities],
    synchronize: false,
    logging: false,
    installExtensions: false,
  });

/**
 * What TypeORM would change of the columns of the entities' tables; empty when both agree. Indexes, constraints and defaults
 * belong to the migrations and are not compared.
 */
export async function columnDifferences(source: DataSource): Promise<string[]> {
  const changes = await source.driver.createSchemaBuilder().log();
  return changes.upQueries
    .map(({ query }) => query)
    .filter((query) => /\b(ADD|DROP COLUMN|ALTER COLUMN \S+ (TYPE|SET NOT NULL|DROP NOT NULL))\b/i.test(query))
    .filter(
      (query) =>
        !/\b(CONSTRAINT|INDEX|DEFAULT)\b/i.test(
          query.replace(/ADD "[^"]+".*$/i, (column) => column.replace(/ DEFAULT .*$/i, '')),
        ),
    );
}
