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

/** How amounts nearly always come: nothing to do but to add zeros. */
const plainAmount = /^(?:0|-?[1-9]\d*|-?0(?=\.\d*[1-9]))(?:\.(?:\d\d|\d*[1-9]))?$/;

/** As text with at least two digits after the point; never an exponent, never "-0.00". */
export function moneyText(value: Big | string): string {
  if (typeof value === 'string' && plainAmount.test(value)) {
    const point = value.indexOf('.');
    if (point < 0) return `${value}.00`;
    return value.length - point > 2 ? value : `${value}0`;
  }
  const amount = new Big(value);
  const text = amount.toFixed();
  const digits = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
  return amount.toFixed(Math.max(2, digits)).replace(/^-(0\.0+)$/, '$1');
}

/** What a price is on both sides of VAT; called only when a side that was not stated is asked for. */
type BothSides = () => { readonly net: Big; readonly gross: Big };

/** A price whose stated side is at hand; the other, which costs a division, is computed when it is asked for. */
class StatedMoney implements TaxedMoney {
  readonly statedSide: TaxedMoney['statedSide'];
  readonly #stated: Big | string;
  readonly #currency: string;
  readonly #sides: BothSides;

  constructor(stated: Big | string, currency: string, side: TaxedMoney['statedSide'], sides: BothSides) {
    this.#stated = stated;
    this.#currency = currency;
    this.statedSide = side;
    this.#sides = sides;
  }

  get net(): Money {
    return this.#money(this.statedSide === 'NET' ? this.#stated : this.#sides().net);
  }

  get tax(): Money {
    const { net, gross } = this.#sides();
    return this.#money(gross.minus(net));
  }

  get gross(): Money {
    return this.#money(this.statedSide === 'GROSS' ? this.#stated : this.#sides().gross);
  }

  #money(amount: Big | string): Money {
    return { amount: moneyText(amount), currency: this.#currency };
  }
}

export const statedMoney = (
  stated: Big | string,
  currency: string,
  side: TaxedMoney['statedSide'],
  sides: BothSides,
): TaxedMoney => new StatedMoney(stated, currency, side, sides);

/** Both sides of an amount. `rate` in percentage points; `decimals` of the side that is computed. */
export function sidesOf(stated: Big, rate: string, includesTax: boolean, decimals = 2): { net: Big; gross: Big } {
  const factor = new Big(rate).div(100).plus(1);
  // Dividing 1/1.21 has no exact result, so a later rounding could see a wrong digit: 30 places keep it out of reach.
  const divide = Big();
  divide.DP = 30;
  return includesTax
    ? { net: new divide(stated).div(factor).round(decimals, roundHalfUp), gross: stated }
    : { net: stated, gross: stated.times(factor).round(decimals, roundHalfUp) };
}

/** A price with both sides. `rate` in percentage points; `decimals` of the side that is computed. */
export const taxedMoney = (
  amount: string,
  currency: string,
  rate: string,
  includesTax: boolean,
  decimals = 2,
): TaxedMoney =>
  statedMoney(amount, currency, includesTax ? 'GROSS' : 'NET', () =>
    sidesOf(new Big(amount), rate, includesTax, decimals),
  );

/** Sum of decimal texts with signs, for derived quantities. */
export function subtracted(from: string, ...parts: readonly string[]): string {
  return parts.reduce((rest, part) => rest.minus(part), new Big(from)).toFixed();
}
