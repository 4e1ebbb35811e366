import { describe, expect, it } from '@jest/globals';
import { readXml, XmlError } from './xml-reader.js';

const kindOf = (xml: string): string => {
  try {
    readXml(xml);
  } catch (error) {
    if (error instanceof XmlError) return error.kind;
    throw error;
  }
  return 'accepted';
};

describe('readXml', () => {
  it('gives names without prefixes, namespaces, texts and children', () => {
    const root = readXml('<a:r xmlns:a="urn:a"><b xmlns="urn:b">1 &amp; &#x32;</b><c/></a:r>\n');
    expect(root).toEqual({
      name: 'r',
      namespace: 'urn:a',
      text: '',
      children: [
        { name: 'b', namespace: 'urn:b', text: '1 & 2', children: [] },
        { name: 'c', namespace: '', text: '', children: [] },
      ],
    });
  });

  it('refuses document types, unknown entities, mixed content, two roots and undeclared prefixes', () => {
    for (const xml of [
      '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
      `<!--${' '.repeat(5000)}--><!DOCTYPE a><a/>`,
      '<a>&nbsp;</a>',
      '<a>&</a>',
      '<a>&#xD800;</a>',
      '<a>text<b/></a>',
      '<a><b/>text</a>',
      '<a/><b/>',
      '<x:a/>',
      '<a></b>',
      '<a b></a>',
      '<1/>',
      '<__proto__/>',
      'text',
    ]) {
      expect([xml, kindOf(xml)]).toEqual([xml, 'malformed']);
    }
  });

  it('refuses elements nested deeper than 64', () => {
    expect(kindOf('<a>'.repeat(64) + '</a>'.repeat(64))).toBe('accepted');
    expect(kindOf('<a>'.repeat(65) + '</a>'.repeat(65))).toBe('malformed');
    expect(kindOf('<a>'.repeat(100_000))).toBe('malformed');
  });

  it('refuses every text that was cut, with comments, CDATA and quoted brackets inside as well', () => {
    const xml = '<?xml version="1.0"?><!-- > --><a b=">" xmlns:c=\'urn:c\'><c:d>1</c:d><e><![CDATA[<x>]]></e></a>';
    expect(kindOf(xml)).toBe('accepted');
    for (let length = 0; length < xml.length; length++) expect(kindOf(xml.slice(0, length))).toBe('incomplete');
  });

  it('drops control characters and keeps tabs, line ends and emoji', () => {
    expect(readXml('<a>x\u0000\u0007&#11;\ty\r\nz 🧣&#13;</a>').text).toBe('x\ty\nz 🧣\r');
  });
});
