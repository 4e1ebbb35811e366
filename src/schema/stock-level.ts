/** Stock of one variant at one location. Quantities are exact decimals: weighed goods are sold in parts. */
import { Field, Int, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm/decorator/entity/Entity.js';
import { DateTime, Decimal } from './scalars.js';
import { Node, Syncable } from './syncable.js';
import { Amount, Instant, Text } from './vocabulary.js';

@Entity('stock_level')
@ObjectType({
  description: 'Stock of one variant at one location. available = onHand - reserved - safetyStock.',
  implements: [Node, Syncable],
  simpleResolvers: true,
})
export class StockLevel extends Syncable {
  @Text({ graph: false })
  variantId!: string;

  @Text({ graph: false })
  locationId!: string;

  @Amount()
  onHand!: string;

  @Amount()
  reserved!: string;

  @Amount()
  incoming!: string;

  @Amount()
  safetyStock!: string;

  @Instant({ description: 'When the system of record stated these numbers.' })
  asOf!: Date;
}

@ObjectType({ description: 'Stock of one variant over all locations.', simpleResolvers: true })
export class StockSummary {
  @Field(() => Decimal)
  onHand!: string;

  @Field(() => Decimal)
  reserved!: string;

  @Field(() => Decimal)
  available!: string;

  @Field(() => Decimal)
  incoming!: string;

  @Field(() => Int)
  locationCount!: number;

  @Field(() => DateTime, { nullable: true })
  oldestAsOf!: Date | null;
}
