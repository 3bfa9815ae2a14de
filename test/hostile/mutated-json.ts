import fc from 'fast-check';
import type { JsonValue } from '#kernel';
import { hostileKeys, hostileValue } from './hostile-values.js';

/** One change to a JSON value. */
interface Mutation {
  readonly kind: 'replace' | 'remove' | 'rename' | 'wrap' | 'repeat' | 'add';
  /** Which of all places within the value; counted round and round. */
  readonly place: number;
  readonly key: string;
  readonly value: JsonValue;
}

interface Place {
  readonly holder: JsonValue[] | Record<string, JsonValue>;
  readonly key: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('replace', 'remove', 'rename', 'wrap', 'repeat', 'add'),
  place: fc.nat(),
  key: fc.constantFrom(...hostileKeys),
  value: hostileValue,
});

/** A value as it should be or, twice as often, with up to three mistakes in it. */
export function mutated(correct: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonValue> {
  const mistaken = fc
    .tuple(correct, fc.array(mutation, { minLength: 1, maxLength: 3 }))
    .map(([value, mutations]) => mutations.reduce(mutate, value));
  return fc.oneof({ weight: 1, arbitrary: correct }, { weight: 2, arbitrary: mistaken });
}

function mutate(value: JsonValue, { kind, place, key, value: other }: Mutation): JsonValue {
  const root: { '': JsonValue } = { '': structuredClone(value) };
  const places = placesIn(root);
  const chosen = places[place % places.length] as Place;
  const { holder } = chosen;
  const present = (holder as Record<string, JsonValue>)[chosen.key] as JsonValue;
  switch (kind) {
    case 'replace':
      put(holder, chosen.key, other);
      break;
    case 'remove':
      remove(chosen);
      break;
    case 'rename':
      if (!Array.isArray(holder) && holder !== root) remove(chosen);
      put(holder, holder === root ? '' : key, present);
      break;
    case 'wrap':
      put(holder, chosen.key, [present]);
      break;
    case 'repeat':
      if (Array.isArray(holder)) holder.push(present);
      else put(holder, chosen.key.toUpperCase(), present);
      break;
    case 'add':
      if (typeof present === 'object' && present !== null) put(present, key, other);
      break;
  }
  return root[''] ?? null;
}

/** Every place a value stands at, the value as a whole first. */
function placesIn(holder: JsonValue[] | Record<string, JsonValue>): Place[] {
  return Object.entries(holder).flatMap(([key, value]) => [
    { holder, key },
    ...(typeof value === 'object' && value !== null ? placesIn(value) : []),
  ]);
}

/** Even where the key is `__proto__`. */
function put(holder: JsonValue[] | Record<string, JsonValue>, key: string, value: JsonValue): void {
  if (Array.isArray(holder) && !/^\d+$/.test(key)) holder.push(value);
  else Object.defineProperty(holder, key, { value, enumerable: true, writable: true, configurable: true });
}

function remove({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}
