/** What is sold: one size and colour of a product, or the product itself when it is simple. */
import { ObjectType } from 'type-graphql';
import { Entity } from 'typeorm/decorator/entity/Entity.js';
import type { CodeAndValue } from './product.js';
import { Node, Syncable } from './syncable.js';
import { Amount, Flag, Rate, Structure, Text, TextList, Whole } from './vocabulary.js';

@Entity('variant')
@ObjectType({
  description: 'One sellable form of a product, with its code, price and stock.',
  implements: [Node, Syncable],
  simpleResolvers: true,
})
export class ProductVariant extends Syncable {
  @Text({ graph: false })
  productId!: string;

  @Whole({ graph: false })
  position!: number;

  @Text()
  sku!: string;

  @Text({ nullable: true, graph: false })
  name!: string | null;

  @Text({
    nullable: true,
    description: 'GS1 GTIN with a valid check digit; codes that fail the check are only in barcodes.',
  })
  gtin!: string | null;

  @TextList({ graph: false })
  barcodes!: string[];

  @Flag()
  isActive!: boolean;

  @Structure<readonly CodeAndValue[]>()
  options!: readonly CodeAndValue[];

  @Amount({ nullable: true, graph: false })
  priceAmount!: string | null;

  @Text({ nullable: true, graph: false })
  priceCurrency!: string | null;

  @Flag({ nullable: true, graph: false })
  priceIncludesTax!: boolean | null;

  @Text({ nullable: true, graph: false })
  taxClass!: string | null;

  @Rate({ nullable: true, graph: false })
  taxRate!: string | null;

  @Amount({ nullable: true, graph: false })
  purchasePrice!: string | null;

  @Text({ nullable: true, graph: false })
  unitCode!: string | null;

  @Whole({ nullable: true, graph: false })
  weightGrams!: number | null;

  @Flag()
  tracksStock!: boolean;
}
