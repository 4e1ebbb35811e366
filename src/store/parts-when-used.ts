/**
 * One object of several parts, each of which is made when something of it is first asked for: a request has the reads of everything
 * and uses few of them. In: how each part is made. Out: how the whole is made, from what the parts need.
 */
type Joined<T> = (T extends object ? (part: T) => void : never) extends (whole: infer All) => void ? All : never;

/** `whole`: the object itself, for a part that uses another one; nothing of it may be asked for while parts are made. */
type MakePart<Needs> = (needs: Needs, whole: never) => object;

class Whole<Needs> {
  readonly needs: Needs;
  readonly made: (Readonly<Record<string, unknown>> | undefined)[] = [];

  constructor(needs: Needs) {
    this.needs = needs;
  }
}

/** What the parts are called is learnt from the first whole, for which all of them are made. */
export function partsWhenUsed<Needs, Makes extends readonly MakePart<Needs>[]>(
  ...makes: Makes
): (needs: Needs) => Joined<ReturnType<Makes[number]>> {
  class Known extends Whole<Needs> {}
  let isKnown = false;
  const partOf = (whole: Whole<Needs>, at: number): Readonly<Record<string, unknown>> =>
    (whole.made[at] ??= makes[at]!(whole.needs, whole as never) as Readonly<Record<string, unknown>>);
  const learn = (whole: Whole<Needs>): void => {
    for (const at of makes.keys()) {
      for (const name of Object.keys(partOf(whole, at))) {
        Object.defineProperty(Known.prototype, name, {
          get(this: Whole<Needs>) {
            return partOf(this, at)[name];
          },
        });
      }
    }
    isKnown = true;
  };
  return (needs) => {
    const whole = new Known(needs);
    if (!isKnown) learn(whole);
    return whole as never;
  };
}
