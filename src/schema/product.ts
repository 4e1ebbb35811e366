/** A product as people know it; codes, prices and stock sit on its variants. */
import { ObjectType } from 'type-graphql';
import { Entity } from 'typeorm/decorator/entity/Entity.js';
import { enumeration } from './enumeration.js';
import { Node, Syncable } from './syncable.js';
import { EnumText, Flag, Structure, Text, TextList } from './vocabulary.js';

export const ProductType = enumeration('ProductType', 'Whether a product comes in variants.', [
  'SIMPLE',
  'CONFIGURABLE',
]);
export const ProductStatus = enumeration('ProductStatus', 'Where a product is in its life.', [
  'ACTIVE',
  'DISCONTINUED',
  'ARCHIVED',
]);

/** A code with a value, as options and characteristics are stored. */
export type CodeAndValue = { readonly code: string; readonly value: string; readonly unit?: string | null };

@Entity('product')
@ObjectType({
  description: 'A product of the shop. It has at least one variant; price, code and stock always sit on a variant.',
  implements: [Node, Syncable],
  simpleResolvers: true,
})
export class Product extends Syncable {
  @Text({ nullable: true, graph: false })
  code!: string | null;

  @EnumText(ProductType)
  type!: string;

  @EnumText(ProductStatus)
  status!: string;

  @Text({ graph: false })
  name!: string;

  @Text({ nullable: true, graph: false })
  shortDescription!: string | null;

  @Text({ nullable: true, graph: false })
  description!: string | null;

  @Text({ nullable: true })
  brand!: string | null;

  @Flag()
  isVisibleInWebshop!: boolean;

  @TextList({ graph: false })
  categories!: string[];

  @Structure<readonly CodeAndValue[]>()
  attributes!: readonly CodeAndValue[];
}
