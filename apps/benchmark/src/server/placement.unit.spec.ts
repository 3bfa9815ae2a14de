import { describe, expect, it } from '@jest/globals';
import { onServerCore } from './placement.js';

describe('onServerCore', () => {
  it('starts servers on the core that is theirs', () => {
    const placement = { serverCore: 2, generatorCore: 5 };
    expect(onServerCore(placement, ['node', 'main.js'])).toEqual(['taskset', '-c', '2', 'node', 'main.js']);
  });

  it('starts them as they are where processes cannot be tied to cores', () => {
    expect(onServerCore(undefined, ['node', 'main.js'])).toEqual(['node', 'main.js']);
  });
});
