import type { AttributeDefinition } from '#scim-protocol';
import type { SqlText } from '../sql/sql-text.js';

/** One value of an attribute within a statement: a column, a JSON value, an item of a list, a membership's row. */
export interface ValueScope {
  /** The simple value of a sub-attribute, or (undefined) of the value itself. Undefined where the store does not have it. */
  part(subAttribute: AttributeDefinition | undefined): SqlText | undefined;
}

/** Where an attribute's values are found for the resource row `r`. */
export type ValueSource =
  | {
      readonly kind: 'single';
      readonly scope: ValueScope;
      /** Whether the value is there at all; only asked of complex attributes. */
      readonly exists: SqlText;
    }
  | {
      readonly kind: 'list';
      readonly scope: ValueScope;
      /** What stands behind FROM, and the condition that ties it to `r`. */
      readonly from: SqlText;
      readonly where: SqlText;
      /** Ascending places of the values, primary ones first. */
      readonly order: SqlText;
    };
