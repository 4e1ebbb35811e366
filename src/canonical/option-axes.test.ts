import { describe, expect, it } from '@jest/globals';
import { optionAxes } from './option-axes.js';

const option = (code: string, value: string) => ({ code, value });

describe('options of a variant as a colour and a size', () => {
  it.each([
    ['in any order and language', [option('Maat', 'L'), option('couleur', 'Rouge')], 'Rouge', 'L'],
    ['with one of them only', [option('size', '42')], null, '42'],
    ['give an option of another kind the place that is free', [option('size', 'L'), option('material', 'Wool')], 'Wool', 'L'],
    ['fill both places with other kinds', [option('voltage', '12 V'), option('length', '2 m')], '12 V', '2 m'],
    ['lose nothing when there are more', [option('color', 'Red'), option('size', 'L'), option('fit', 'Slim'), option('leg', '32')], 'Red', 'L / Slim / 32'],
    ['may be absent', [], null, null],
  ])('%s', (_, options, colour, size) => {
    expect(optionAxes(options)).toEqual({ colour, size });
  }); // prettier-ignore

  it('keep two values of one code apart', () => {
    expect(optionAxes([option('colour', 'Red'), option('colour', 'Blue')])).toEqual({ colour: 'Red', size: 'Blue' });
  });
});
