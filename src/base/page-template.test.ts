/** Templates of addresses: what is refused, and that a record can change nothing of an address but its own place in it. */
import { describe, expect, it } from '@jest/globals';
import { pageAddress, pageProblems, type PageValues } from './page-template.js';

const problemOf = (value: unknown) => pageProblems({ orderPage: value as string }, ['orderPage'])[0];
const values = (some: Partial<PageValues>): PageValues => ({ id: '7', code: null, number: null, ...some });

describe('a template', () => {
  it.each([
    'https://shop.example/admin/orders/{id}',
    'https://shop.example:8443/?order={number}&code={code}#/{id}',
    'http://127.0.0.1:4102/orders/{id}',
    'http://localhost/{id}',
    'http://[::1]:80/{id}',
    'http://192.168.1.20/till/{id}',
    'http://10.0.0.8/{id}',
    'http://172.20.0.3/{id}',
  ])('%s is taken', (template) => {
    expect(problemOf(template)).toBeUndefined();
  });

  it.each([
    ['javascript:alert({id})', 'orderPage must start with https:// outside of your own network'],
    ['data:text/html,{id}', 'orderPage must start with https:// outside of your own network'],
    ['http://shop.example/{id}', 'orderPage must start with https:// outside of your own network'],
    ['http://172.32.0.1/{id}', 'orderPage must start with https:// outside of your own network'],
    ['http://10.0.0.8.example.com/{id}', 'orderPage must start with https:// outside of your own network'],
    ['/orders/{id}', 'orderPage is not an address'],
    ['https://{id}.example/', 'orderPage must hold nothing but the host before its path'],
    ['https://shop.example{id}', 'orderPage must hold nothing but the host before its path'],
    ['https://{id}@shop.example/', 'orderPage must hold nothing but the host before its path'],
    ['https://user:word@shop.example/{id}', 'orderPage must hold nothing but the host before its path'],
    ['https:shop.example/{id}', 'orderPage must hold nothing but the host before its path'],
    ['https://shop.example/orders', 'orderPage needs at least one of these and no others: {id}, {code}, {number}'],
    ['https://shop.example/{id}/{name}', 'orderPage needs at least one of these and no others: {id}, {code}, {number}'],
    ['https://shop.example/{{id}}', 'orderPage needs at least one of these and no others: {id}, {code}, {number}'],
    ['https://shop.example\\{id}', 'orderPage is not usable'],
    ['java\nscript:{id}', 'orderPage is not usable'],
    [`https://shop.example/${'x'.repeat(500)}{id}`, 'orderPage is not usable'],
    [7, 'orderPage is not usable'],
  ])('%s is refused', (template, problem) => {
    expect(problemOf(template)).toBe(problem);
  });

  it('may be left out', () => {
    expect(pageProblems({ orderPage: null }, ['orderPage', 'productPage'])).toEqual([]);
  });
});

describe('an address', () => {
  it('has each value in its place', () => {
    const template = 'https://shop.example/{id}?code={code}&number={number}';
    expect(pageAddress(template, { id: '7', code: 'A 1', number: '2026/3' })).toBe(
      'https://shop.example/7?code=A%201&number=2026%2F3',
    );
  });

  it.each(['../../admin', '7?next=//evil.example', '#top', '7" onclick="x', 'ü&a=b'])(
    'lets %s be one segment of its path',
    (id) => {
      const url = new URL(pageAddress('https://shop.example/orders/{id}', values({ id }))!);
      expect(url.host + url.search + url.hash).toBe('shop.example');
      expect(decodeURIComponent(url.pathname)).toBe(`/orders/${id}`);
      expect(url.pathname.split('/')).toHaveLength(3);
    },
  );

  it.each(['.', '..', '', '\ud800'])('is none when a value cannot stand in it: %j', (id) => {
    expect(pageAddress('https://shop.example/orders/{id}', values({ id }))).toBeNull();
  });

  it('is none when the record lacks what the template names', () => {
    expect(pageAddress('https://shop.example/{code}', values({}))).toBeNull();
    expect(pageAddress('https://shop.example/{number}', values({}))).toBeNull();
    expect(pageAddress('https://shop.example/{id}/{number}', values({ number: '12' }))).toBe(
      'https://shop.example/7/12',
    );
  });
});
