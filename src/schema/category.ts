/** A place in the tree of the assortment. */
import { ObjectType } from 'type-graphql';
import { Entity } from 'typeorm/decorator/entity/Entity.js';
import { Node, Syncable } from './syncable.js';
import { Flag, Text, Whole } from './vocabulary.js';

@Entity('category')
@ObjectType({
  description: 'A group of products; groups form a tree.',
  implements: [Node, Syncable],
  simpleResolvers: true,
})
export class Category extends Syncable {
  @Text({ nullable: true, graph: false })
  parentId!: string | null;

  @Text({ nullable: true, graph: false })
  code!: string | null;

  @Text({ graph: false })
  name!: string;

  @Text({ nullable: true, graph: false })
  description!: string | null;

  @Whole()
  position!: number;

  @Flag({ graph: false })
  isActive!: boolean;
}
