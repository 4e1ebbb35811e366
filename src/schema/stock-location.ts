/** A branch or warehouse that holds stock. */
import { ObjectType } from 'type-graphql';
import { Entity } from 'typeorm/decorator/entity/Entity.js';
import { Kept, Node } from './syncable.js';
import { Country, Flag, Text } from './vocabulary.js';

@Entity('stock_location')
@ObjectType({ description: 'A branch or warehouse that holds stock.', implements: Node, simpleResolvers: true })
export class StockLocation extends Kept {
  @Text()
  code!: string;

  @Text()
  name!: string;

  @Country({ nullable: true, description: 'Where it is, and whose VAT a sale there has.' })
  country!: string | null;

  @Flag()
  isActive!: boolean;
}
