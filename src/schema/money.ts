/**
 * Amounts. A source states one side of a price; the other is arithmetic and is computed here, exactly, rounded half up to
 * cents. In: decimal text. Out: decimal text with at least two digits after the point.
 */
import { Big } from 'big.js';
import { Field, ObjectType } from 'type-graphql';
import { enumeration, type ValueOf } from './enumeration.js';
import { Currency, DateTime, Decimal } from './scalars.js';

export const TaxSide = enumeration('TaxSide', 'Which side of a price is a fact.', ['NET', 'GROSS']);

@ObjectType({ description: 'An amount in one currency.', simpleResolvers: true })
export class Money {
  @Field(() => Decimal)
  amount!: string;

  @Field(() => Currency)
  currency!: string;
}

@ObjectType({ description: 'One price seen from both sides of VAT.', simpleResolvers: true })
export class TaxedMoney {
  @Field(() => Money)
  net!: Money;

  @Field(() => Money)
  tax!: Money;

  @Field(() => Money)
  gross!: Money;

  @Field(() => TaxSide, { description: 'The side that the system of record stated; the other was computed.' })
  statedSide!: ValueOf<typeof TaxSide>;
}

export const PriceKind = enumeration('PriceKind', 'What a price is for.', ['LIST']);

@ObjectType({ description: 'A class of VAT as the source names it.', simpleResolvers: true })
export class TaxClass {
  @Field(() => String)
  code!: string;

  @Field(() => Decimal, { nullable: true, description: 'Percentage points: 21 means 21 %.' })
  ratePercent!: string | null;
}

@ObjectType({ description: 'A price of a variant.', simpleResolvers: true })
export class ProductPrice {
  @Field(() => PriceKind)
  kind!: ValueOf<typeof PriceKind>;

  @Field(() => String)
  priceList!: string;

  @Field(() => TaxedMoney)
  price!: TaxedMoney;

  @Field(() => TaxClass, { nullable: true })
  taxClass!: TaxClass | null;

  @Field(() => Decimal)
  minimumQuantity!: string;

  @Field(() => DateTime, { nullable: true })
  validFrom!: Date | null;

  @Field(() => DateTime, { nullable: true })
  validTo!: Date | null;
}

const roundHalfUp = 1;

/** As text with at least two digits after the point; never an exponent, never "-0.00". */
export function moneyText(value: Big | string): string {
  const amount = new Big(value);
  const text = amount.toFixed();
  const digits = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
  return amount.toFixed(Math.max(2, digits)).replace(/^-(0\.0+)$/, '$1');
}

/** Both sides of a price. `rate` in percentage points; `decimals` of the side that is computed. */
export function taxedMoney(
  amount: string,
  currency: string,
  rate: string,
  includesTax: boolean,
  decimals = 2,
): TaxedMoney {
  const stated = new Big(amount);
  const factor = new Big(rate).div(100).plus(1);
  // Dividing 1/1.21 has no exact result, so a later rounding could see a wrong digit: 30 places keep it out of reach.
  const divide = Big();
  divide.DP = 30;
  const other = includesTax
    ? new divide(stated).div(factor).round(decimals, roundHalfUp)
    : stated.times(factor).round(decimals, roundHalfUp);
  const net = includesTax ? other : stated;
  const gross = includesTax ? stated : other;
  const money = (value: Big): Money => ({ amount: moneyText(value), currency });
  return {
    net: money(net),
    tax: money(gross.minus(net)),
    gross: money(gross),
    statedSide: includesTax ? 'GROSS' : 'NET',
  };
}

/** Sum of decimal texts with signs, for derived quantities. */
export function subtracted(from: string, ...parts: readonly string[]): string {
  return parts.reduce((rest, part) => rest.minus(part), new Big(from)).toFixed();
}
