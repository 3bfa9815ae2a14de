import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readListQuery } from './list-query.js';

const limits = { defaultPageSize: 100, maxPageSize: 1000 };

function read(source: unknown) {
  const result = readListQuery(source, limits);
  return result.ok ? result.value : `${result.error.scimType}: ${result.error.detail}`;
}

const pageOf = (source: unknown) => {
  const query = read(source);
  return typeof query === 'string' ? query : query.page;
};
const unstated = (count: number) => ({ method: 'unstated', count });
const index = (startIndex: number, count: number) => ({ method: 'index', startIndex, count });

describe('list query', () => {
  it('asks for the first page by default, whichever way the client will go on', () => {
    expect(read({})).toEqual({
      filter: undefined,
      sortBy: undefined,
      sortOrder: 'ascending',
      page: unstated(100),
      attributes: undefined,
      excludedAttributes: undefined,
    });
  });

  it('reads the parameters of a GET and the body of a search alike', () => {
    const expected = {
      filter: 'userName eq "ada"',
      sortBy: 'userName',
      sortOrder: 'descending',
      page: index(6, 5),
      attributes: ['userName,emails'],
      excludedAttributes: ['meta', 'name'],
    };
    const rest = { filter: 'userName eq "ada"', sortBy: 'userName', excludedAttributes: ['meta', 'name'] };
    expect(
      read({
        ...rest,
        sortOrder: 'Descending',
        startIndex: '6',
        count: '5',
        attributes: 'userName,emails',
        trace: 'x',
      }),
    ).toEqual(expected);
    expect(
      read({ ...rest, SortOrder: 'descending', startindex: 6, COUNT: 5, attributes: ['userName,emails'], schemas: [] }),
    ).toEqual(expected);
  });

  it('keeps an empty filter, so that it is refused and not overlooked', () => {
    expect(read({ filter: '' })).toMatchObject({ filter: '' });
    expect(read({ filter: null })).toMatchObject({ filter: undefined });
  });

  it.each([
    [{ startIndex: '0' }, index(1, 100)],
    [{ startIndex: '-5', count: '-1' }, index(1, 0)],
    [{ count: '0' }, unstated(0)],
    [{ count: '5000' }, unstated(1000)],
    [{ count: '9'.repeat(30), startIndex: '9'.repeat(30) }, index(Number.MAX_SAFE_INTEGER, 1000)],
    [{ cursor: '' }, { method: 'cursor', cursor: '', count: 100 }],
    [
      { cursor: 'abc', count: '1000' },
      { method: 'cursor', cursor: 'abc', count: 1000 },
    ],
  ])('reads the page of %j', (source, page) => {
    expect(pageOf(source)).toEqual(page);
  });

  it.each([
    [{ startIndex: 'one' }, 'invalidValue: startIndex must be a whole number.'],
    [{ count: '1.5' }, 'invalidValue: count must be a whole number.'],
    [{ count: 1.5 }, 'invalidValue: count must be a whole number.'],
    [{ count: '' }, 'invalidValue: count must be a whole number.'],
    [{ count: {} }, 'invalidValue: count must be a whole number.'],
    [{ count: ['1', '2'] }, 'invalidValue: count is given more than once.'],
    [{ filter: ['a', 'b'] }, 'invalidValue: filter is given more than once.'],
    [{ filter: 'a', Filter: 'b' }, 'invalidValue: filter is given more than once.'],
    [{ filter: 'a', Filter: null }, 'invalidValue: filter is given more than once.'],
    [{ Filter: null, filter: 'a' }, 'invalidValue: filter is given more than once.'],
    [{ count: ['1', '2'], Count: '3' }, 'invalidValue: count is given more than once.'],
    [{ filter: 7 }, 'invalidValue: filter must be a text.'],
    [{ sortOrder: 'down' }, 'invalidValue: sortOrder must be ascending or descending.'],
    [{ attributes: [1] }, 'invalidValue: attributes must be a list of attribute names.'],
    [{ cursor: 'abc', startIndex: '1' }, 'invalidValue: startIndex and cursor cannot be used together.'],
    [{ cursor: '', count: '1001' }, 'invalidCount: count must be between 1 and 1000 with a cursor.'],
    [{ cursor: '', count: '0' }, 'invalidCount: count must be between 1 and 1000 with a cursor.'],
    ['text', 'invalidSyntax: The request body must be a JSON object.'],
  ])('refuses %j', (source, refusal) => {
    expect(read(source)).toBe(refusal);
  });

  it('adds names of attributes up, in whichever case the parameter is repeated', () => {
    expect(read({ attributes: 'a', Attributes: ['b', 'c'], ATTRIBUTES: 'd' })).toMatchObject({
      attributes: ['a', 'b', 'c', 'd'],
    });
  });

  it('takes more names of attributes than the schemas have, but not without end', () => {
    const attributes = [`a${',a'.repeat(498)}`, 'b'];
    expect(readListQuery({ attributes }, limits)).toMatchObject({ ok: true, value: { attributes } });
    const tooMany = 'invalidValue: attributes lists more than 500 names.';
    expect(read({ attributes: ','.repeat(500) })).toBe(tooMany);
    expect(read({ attributes: Array(501).fill('a') })).toBe(tooMany);
    expect(read({ attributes: [...attributes, 'c'] })).toBe(tooMany);
    expect(read({ excludedAttributes: 'a'.repeat(65_537) })).toBe(
      'invalidValue: excludedAttributes is longer than 65536 characters.',
    );
  });

  it('never throws, and never asks for more than the largest page', () => {
    const parameter = fc.constantFrom('filter', 'count', 'startIndex', 'cursor', 'attributes', 'sortBy', '__proto__');
    fc.assert(
      fc.property(fc.dictionary(parameter, fc.jsonValue({ maxDepth: 2 })), (source) => {
        const result = readListQuery(source, limits);
        expect(!result.ok || result.value.page.count <= limits.maxPageSize).toBe(true);
      }),
    );
  });
});
