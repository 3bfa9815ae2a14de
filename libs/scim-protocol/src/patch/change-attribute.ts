import { type JsonObject, type JsonValue, type Result, err, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import { matchesValueFilter } from '../filter/matches-filter.js';
import { isUnassigned, readAttributeValue } from '../representation/attribute-value.js';
import { mostValues, tooManyValues } from '../representation/value-limits.js';
import { type ResolvedAttribute, printTarget } from '../schema/attribute-path.js';
import { mergeComplexValue } from './merge-complex-value.js';
import type { PatchOperation } from './patch-request.js';
import type { PathOrigin, ValueSelection } from './patch-target.js';
import { type ChangedValues, addValues, removeValues, settlePrimary } from './value-list.js';

/** One attribute's part of an operation. */
export interface AttributeChange {
  readonly op: PatchOperation['op'];
  readonly target: ResolvedAttribute;
  readonly selection: ValueSelection | undefined;
  readonly value: JsonValue | undefined;
  readonly origin: PathOrigin;
}

type Changed = Result<JsonValue | undefined, ScimError>;
type ChangedList = Result<ChangedValues, ScimError>;

/**
 * The value of an attribute after a change; undefined where it has none any more.
 *
 * `add` and `replace` differ only for a multi-valued attribute as a whole (add to the list, replace the list) and for
 * values that a filter selects (add to each, replace each). Where the filter selects none, both create the value it
 * describes, because Entra relies on it; RFC 7644 section 3.5.2.3 wants `noTarget`, which is left for filters that
 * describe none. Removing what is not there changes nothing.
 */
export function changeAttribute(change: AttributeChange, current: JsonValue | undefined): Changed {
  const { op, target, selection, value } = change;
  const { attribute, subAttribute } = target;
  if (attribute.type !== 'complex' && !attribute.multiValued) {
    return op === 'remove' ? ok(undefined) : readAttributeValue(attribute, value, printTarget(target));
  }
  if (Array.isArray(value) && value.length > mostValues) return err(tooManyValues(pathOf(target)));
  const values = current === undefined ? [] : Array.isArray(current) ? current : [current];
  const store = (changed: ChangedList) => asStored(change, changed, values.length);
  if (op === 'remove') return store(removeFrom(change, values));
  if (selection) return store(writeSelected(change, selection, values as JsonObject[]));
  if (subAttribute) return store(writePart(change, subAttribute.name, values as JsonObject[]));
  if (attribute.multiValued) return store(writeList(change, values));
  return mergeComplexValue(attribute, values[0] as JsonObject | undefined, wholeValue(change), pathOf(target));
}

/** @param present how many values there were: a list that is too long already may become shorter. */
function asStored({ target }: AttributeChange, changed: ChangedList, present: number): Changed {
  if (!changed.ok) return changed;
  if (!target.attribute.multiValued) return ok(changed.value.values.at(-1));
  const settled = settlePrimary(changed.value, pathOf(target));
  if (!settled.ok) return settled;
  const { length } = settled.value;
  if (length > mostValues && length > present) return err(tooManyValues(pathOf(target)));
  return ok(settled.value.length === 0 ? undefined : [...settled.value]);
}

function removeFrom({ target, selection, value }: AttributeChange, values: readonly JsonValue[]): ChangedList {
  const { attribute, subAttribute } = target;
  if (!selection && !subAttribute) {
    if (value === undefined || !attribute.multiValued) return unwritten([]);
    const listed = readAttributeValue(attribute, value, printTarget(target));
    if (!listed.ok) return listed;
    return unwritten(removeValues(attribute, values, (listed.value ?? []) as JsonValue[]));
  }
  const cleared = subAttribute ? { [subAttribute.name]: null } : null;
  return rewrite(values as JsonObject[], selection, (selected) =>
    mergeComplexValue(attribute, selected, cleared, pathOf(target)),
  );
}

function writeList({ op, target, value }: AttributeChange, values: readonly JsonValue[]): ChangedList {
  const read = readAttributeValue(target.attribute, value, printTarget(target));
  if (!read.ok) return read;
  const sent = (read.value ?? []) as JsonValue[];
  // To add null or "" unassigns, as for every attribute; to add an empty list adds nothing.
  const adds = op === 'add' && value !== null && value !== '';
  return adds ? ok(addValues(target.attribute, values, sent)) : unwritten(sent);
}

/** A sub-attribute without a filter. Of several values none is meant: to write all of them would make them one. */
function writePart(change: AttributeChange, name: string, values: readonly JsonObject[]): ChangedList {
  const { target, value = null, origin } = change;
  const write = (current: JsonObject | undefined) =>
    mergeComplexValue(target.attribute, current, { [name]: value }, pathOf(target));
  if (values.length > 1 && !isUnassigned(value)) {
    const reason = `${target.attribute.name} has ${values.length} values; say which one with a filter`;
    return err(scimError('invalidPath', { ...origin, reason }));
  }
  return values.length === 0 ? created(values, write(undefined)) : rewrite(values, undefined, write);
}

function writeSelected(change: AttributeChange, selection: ValueSelection, values: readonly JsonObject[]): ChangedList {
  const { op, target, origin } = change;
  const { attribute, subAttribute } = target;
  const { filter, described } = selection;
  const sent = subAttribute ? { [subAttribute.name]: change.value ?? null } : wholeValue(change);
  const write = (base: JsonObject | undefined) => mergeComplexValue(attribute, base, sent, pathOf(target));
  if (values.some((value) => matchesValueFilter(filter, value))) {
    const replaces = op === 'replace' && !subAttribute;
    return rewrite(values, selection, (value) => write(replaces ? described : value));
  }
  if (isUnassigned(change.value ?? null)) return unwritten(values);
  return described ? created(values, write(described)) : err(scimError('noTarget', { ...origin }));
}

/** A complex value that is replaced by an empty object is unassigned; adding an empty object adds nothing. */
function wholeValue({ op, value = null }: AttributeChange): JsonValue {
  const isEmptyObject = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return op === 'replace' && isEmptyObject ? null : value;
}

/** Rewrites the selected values, all of them without a selection; a value rewritten to undefined is taken out. */
function rewrite(
  values: readonly JsonObject[],
  selection: ValueSelection | undefined,
  write: (value: JsonObject) => Result<JsonObject | undefined, ScimError>,
): ChangedList {
  const next: JsonObject[] = [];
  const written = new Set<JsonValue>();
  for (const value of values) {
    if (selection && !matchesValueFilter(selection.filter, value)) {
      next.push(value);
      continue;
    }
    const rewritten = write(value);
    if (!rewritten.ok) return rewritten;
    if (rewritten.value === undefined) continue;
    next.push(rewritten.value);
    written.add(rewritten.value);
  }
  return ok({ values: next, written });
}

function created(values: readonly JsonObject[], value: Result<JsonObject | undefined, ScimError>): ChangedList {
  if (!value.ok) return value;
  if (value.value === undefined) return unwritten(values);
  return ok({ values: [...values, value.value], written: new Set([value.value]) });
}

function unwritten(values: readonly JsonValue[]): ChangedList {
  return ok({ values, written: new Set() });
}

/** The attribute as a whole: what is written into it adds the names of sub-attributes. */
function pathOf(target: ResolvedAttribute): string {
  return printTarget({ ...target, subAttribute: undefined });
}
