import type { Filter } from './filter.js';
import type { AttributePath } from '../schema/attribute-path.js';

/** The `path` of a PATCH operation (RFC 7644 figure 7), attribute names not yet looked up. */
export interface PatchPath {
  /** With a filter, `subAttribute` is what stands behind the closing bracket. */
  readonly path: AttributePath;
  readonly filter?: Filter;
}
