import { expect, test } from 'vitest';
import { readElements, textIn, type XmlElement } from './read-elements.ts';

async function read(
  text: string,
  { named = 'a', largest = 1000, chunk = text.length || 1 } = {},
): Promise<XmlElement[]> {
  async function* bytes() {
    const all = Buffer.from(text);
    for (let at = 0; at < all.length; at += chunk) yield all.subarray(at, at + chunk);
  }
  const elements: XmlElement[] = [];
  for await (const element of readElements(bytes(), { named, largest })) elements.push(element);
  return elements;
}

test('elements are given one by one with what is in them, wherever the bytes are cut', async () => {
  const text = '<r xmlns:x="y"><!-- <a/> --><a id="1"> é <b> &amp;c </b></a><x:a/><![CDATA[<a/>]]></r>';
  const wanted = [
    {
      name: 'a',
      attributes: { id: '1' },
      text: 'é',
      children: [{ name: 'b', attributes: {}, text: '&c', children: [] }],
    },
    { name: 'a', attributes: {}, text: '', children: [] },
  ];
  for (const chunk of [1, 2, 7, 1000]) expect(await read(text, { chunk })).toEqual(wanted);
  expect(textIn((await read(text))[0] as XmlElement, 'b')).toBe('&c');
});

test.each(['', '<r>', '<r><a></r>', '{}', '<r/><r/>', '<r>&unknown;</r>', '<r><a id=1/></r>'])(
  'what is no document (%j) ends the reading',
  async (text) => {
    await expect(read(text)).rejects.toThrow();
  },
);

test('an element larger than allowed ends the reading', async () => {
  await expect(read(`<r><a>${'x'.repeat(1001)}</a></r>`)).rejects.toThrow('larger');
  await expect(read(`<r>${'<a>xxxx</a>'.repeat(1000)}</r>`)).resolves.toHaveLength(1000);
});

test('entities that hold each other are not followed', async () => {
  const text = '<!DOCTYPE r [<!ENTITY e "x"><!ENTITY f SYSTEM "file:///etc/hostname">]><r><a>&f;</a></r>';
  await expect(read(text)).rejects.toThrow();
});
