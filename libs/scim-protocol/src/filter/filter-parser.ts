import type { AttributePath } from '../schema/attribute-path.js';
import { parseAttributePath } from '../schema/parse-attribute-path.js';
import { FilterLexer, type Token } from './filter-lexer.js';
import type { ComparisonOperator, Filter, FilterLiteral } from './filter.js';
import type { PatchPath } from './patch-path.js';

/** Brackets within brackets. With the number of terms it bounds the depth of the tree, for all who walk it. */
const deepestNesting = 50;

/** Comparisons in one filter. */
const mostTerms = 500;

const operators: ReadonlySet<string> = new Set<ComparisonOperator>([
  'eq',
  'ne',
  'co',
  'sw',
  'ew',
  'gt',
  'ge',
  'lt',
  'le',
]);

/**
 * Recursive descent over RFC 7644 figure 1; `not` binds tighter than `and`, `and` tighter than `or`. Each production
 * returns undefined once something was not as expected; `problem` then says what and where, in words that continue
 * "... is not valid:".
 */
export class FilterParser {
  readonly #lexer: FilterLexer;
  #token: Token;
  #depth = 0;
  #terms = 0;
  #insideValues = false;
  #problem = '';

  constructor(text: string) {
    this.#lexer = new FilterLexer(text);
    this.#token = this.#lexer.next();
  }

  get problem(): string {
    return this.#problem;
  }

  wholeFilter(): Filter | undefined {
    const filter = this.#disjunction();
    return filter && this.#atEnd('"and", "or" or the end') ? filter : undefined;
  }

  wholePath(): PatchPath | undefined {
    const path = this.#selector();
    return path && this.#atEnd('the end') ? path : undefined;
  }

  #disjunction(): Filter | undefined {
    let left = this.#conjunction();
    while (left && this.#skipKeyword('or')) {
      const right = this.#conjunction();
      left = right && { kind: 'or', left, right };
    }
    return left;
  }

  #conjunction(): Filter | undefined {
    let left = this.#factor();
    while (left && this.#skipKeyword('and')) {
      const right = this.#factor();
      left = right && { kind: 'and', left, right };
    }
    return left;
  }

  #factor(): Filter | undefined {
    if (this.#at('(')) return this.#enclosed(')');
    if (!this.#skipKeyword('not')) return this.#expression();
    if (!this.#at('(')) return this.#expected('"(" after "not"');
    const filter = this.#enclosed(')');
    return filter && { kind: 'not', filter };
  }

  #enclosed(closing: ')' | ']'): Filter | undefined {
    if (this.#depth === deepestNesting) return this.#fail(`brackets are nested deeper than ${deepestNesting}`);
    this.#depth += 1;
    this.#advance();
    const inner = this.#disjunction();
    if (!inner) return undefined;
    if (!this.#at(closing)) return this.#expected(`"and", "or" or "${closing}"`);
    this.#advance();
    this.#depth -= 1;
    return inner;
  }

  #expression(): Filter | undefined {
    const selector = this.#selector();
    if (!selector) return undefined;
    const { path, filter } = selector;
    if (!filter) return this.#comparison(path);
    const { subAttribute, ...attribute } = path;
    if (subAttribute === undefined) return { kind: 'values', path, filter };
    // `emails[type eq "work"].value eq "x"`, which Entra sends for a matching attribute, is not in the RFC's grammar.
    const ofValue = this.#comparison({ attribute: subAttribute });
    return ofValue && { kind: 'values', path: attribute, filter: { kind: 'and', left: filter, right: ofValue } };
  }

  #selector(): PatchPath | undefined {
    const path = this.#attributePath();
    if (!path || this.#insideValues || !this.#at('[')) return path && { path };
    if (path.subAttribute !== undefined) return this.#expected('no "[" after a sub-attribute');
    this.#insideValues = true;
    const filter = this.#enclosed(']');
    this.#insideValues = false;
    if (!filter) return undefined;
    const { kind, text } = this.#token;
    if (kind !== 'word' || !text.startsWith('.')) return { path, filter };
    const part = parseAttributePath(text.slice(1));
    if (!part || part.subAttribute !== undefined || part.schema !== undefined) return this.#expected('a sub-attribute');
    this.#advance();
    return { path: { ...path, subAttribute: part.attribute }, filter };
  }

  #attributePath(): AttributePath | undefined {
    const path = this.#at('word') ? parseAttributePath(this.#token.text) : undefined;
    if (!path) return this.#expected('an attribute name');
    this.#advance();
    return path;
  }

  #comparison(path: AttributePath): Filter | undefined {
    this.#terms += 1;
    if (this.#terms > mostTerms) return this.#fail(`it has more than ${mostTerms} comparisons`);
    if (this.#skipKeyword('pr')) return { kind: 'present', path };
    const operator = this.#at('word') ? this.#token.text.toLowerCase() : '';
    if (!operators.has(operator)) return this.#expected('an operator (eq, ne, co, sw, ew, gt, ge, lt, le or pr)');
    this.#advance();
    const { kind, text } = this.#token;
    if (kind !== 'string' && kind !== 'word') return this.#expected('a value');
    this.#advance();
    const literal = kind === 'string' ? text : bareLiteral(text);
    return { kind: 'compare', path, operator: operator as ComparisonOperator, literal };
  }

  #skipKeyword(keyword: string): boolean {
    if (!this.#at('word') || this.#token.text.toLowerCase() !== keyword) return false;
    this.#advance();
    return true;
  }

  #atEnd(expectation: string): boolean {
    if (!this.#at('end')) this.#expected(expectation);
    return this.#at('end');
  }

  #at(kind: Token['kind']): boolean {
    return this.#token.kind === kind;
  }

  #advance(): void {
    this.#token = this.#lexer.next();
  }

  #expected(what: string): undefined {
    return this.#fail(`expected ${what} at character ${this.#token.start + 1}, found ${describe(this.#token)}`);
  }

  #fail(problem: string): undefined {
    this.#problem = problem;
    return undefined;
  }
}

function describe({ kind, text }: Token): string {
  switch (kind) {
    case 'end':
      return 'the end';
    case 'broken':
      return 'a string that does not end or is not JSON';
    case 'string':
      return `the string ${JSON.stringify(text)}`;
    case 'word':
    case '(':
    case ')':
    case '[':
    case ']':
      return `"${text}"`;
  }
}

/**
 * A literal without quotes. What is not JSON is taken as text, as Microsoft's documentation writes it
 * (`externalId eq jyoung`); so is a number that would not survive being read as one, such as `1.0` or a long identifier.
 */
function bareLiteral(word: string): FilterLiteral {
  if (word === 'null') return null;
  if (word === 'true' || word === 'false') return word === 'true';
  const number = Number(word);
  return Number.isFinite(number) && String(number) === word ? number : word;
}
