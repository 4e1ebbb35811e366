/** Classes of VAT as the catalogue uses them. */
import { Field, Int, ObjectType } from 'type-graphql';
import { Decimal } from './scalars.js';

@ObjectType({ description: 'A rate of VAT that variants of a class have.', simpleResolvers: true })
export class TaxClassRate {
  @Field(() => Decimal, { description: 'Percentage points: 21 means 21 %.' })
  ratePercent!: string;

  @Field(() => Int, { description: 'How many variants have it.' })
  variantCount!: number;
}

@ObjectType({ description: 'A class of VAT as the catalogue uses it.', simpleResolvers: true })
export class TaxClassUse {
  @Field(() => String, { description: 'Its code in the system that the variants come from.' })
  code!: string;

  @Field(() => [TaxClassRate], { description: 'The rates that its variants have, the lowest first.' })
  rates!: readonly TaxClassRate[];
}
