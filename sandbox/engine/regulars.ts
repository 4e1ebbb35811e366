/**
 * Two customers of the till of the sample data, and what people come to say of them in the till and in the shop on the same day (people.ts). Depends on
 * nothing, so that each start makes the same.
 */
interface Regular {
  readonly email: string;
  readonly address: { readonly address: string; readonly zipcode: string; readonly city: string };
  /** What the till knows at first. */
  readonly said: string;
  readonly later: { readonly till: string; readonly shop: string };
}

/** Her telephone number: at the counter she gave that of her work, on the web site that of her new home. */
export const person: Regular & { readonly name: string } = {
  name: 'Sofie Hendrickx',
  email: 'sofie.hendrickx@example.be',
  address: { address: 'Veldstraat 41', zipcode: '9000', city: 'Gent' },
  said: '09 223 45 67',
  later: { till: '09 380 12 45', shop: '09 225 91 03' },
};

/** The name of a company that the daughters came into. */
export const company: Regular = {
  email: 'bestellingen@vermeulen.example.be',
  address: { address: 'Bruul 7', zipcode: '2800', city: 'Mechelen' },
  said: 'Bakkerij Vermeulen',
  later: { till: 'Bakkerij Vermeulen en dochters', shop: 'Vermeulen Brood & Banket' },
};
