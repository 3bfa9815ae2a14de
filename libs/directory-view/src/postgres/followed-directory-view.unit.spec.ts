import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { GenerationState } from '#projections';
import type { Ask } from '#projections-postgres';
import { SchemaRegistry } from '#scim-protocol';
import { codeVersionOf } from '../tables/code-version.js';
import { FollowedDirectoryView } from './followed-directory-view.js';

const registry = new SchemaRegistry();
const own = codeVersionOf(registry);

interface Answer {
  readonly number: number;
  readonly position: number;
  readonly state?: GenerationState;
  readonly codeVersion?: string;
}

describe('a view that is followed', () => {
  let view: FollowedDirectoryView;
  beforeEach(() => {
    const options = { url: 'postgres://localhost/scim', registry, logIdentity: 'log', readsUnattended: true };
    view = new FollowedDirectoryView(options);
  });
  afterEach(() => view.close());

  /** Answers a look. @param meanwhile called between the look at the catalogue and that at checkpoints. */
  const seeing =
    (answers: readonly Answer[], meanwhile?: () => void, kept: readonly string[] = []): Ask =>
    async <Row>(text: string) => {
      if (text.includes("to_regclass('")) return [{ exists: true }] as Row[];
      if (text.includes('lease AS')) return kept.map((version) => ({ name: `view ${version}` })) as Row[];
      if (text.includes('.generation AS')) {
        return answers.map(({ number, state = 'live', codeVersion = own }) => {
          return { number, state, code_version: codeVersion, log_identity: 'log' };
        }) as Row[];
      }
      if (!text.includes('.checkpoint AS')) return [];
      meanwhile?.();
      return answers.map(({ number, position }) => ({ number, position: String(position) })) as Row[];
    };
  const answering = (number: number, position: number, meanwhile?: () => void) =>
    seeing([{ number, position }], meanwhile);

  it('stays readable where a notification has told more than a look that was under way', async () => {
    expect(await view.current(answering(1, 5))).toBe(5n);
    const late = answering(1, 7, () => expect(view.heard('1/9')).toBe(9n));
    expect(await view.current(late)).toBe(9n);
    expect(view.problem).toBeUndefined();
    expect(() => view.liveReads).not.toThrow();
  });

  it('is not read, and nobody waits for it, while the database cannot be asked', async () => {
    await view.current(answering(1, 5));
    view.away();
    expect(() => view.liveReads).toThrow('the database cannot be asked');
    await view.current(answering(1, 5));
    expect(() => view.liveReads).not.toThrow();
  });

  it('is not read from a generation that is built again until that has come as far', async () => {
    expect(await view.current(answering(1, 9))).toBe(9n);
    expect(await view.current(answering(2, 7))).toBeUndefined();
    expect(() => view.liveReads).toThrow('it is at position 7, and was read at 9');
    expect(await view.current(answering(2, 9))).toBe(9n);
    expect(view.problem).toBeUndefined();
  });

  it('is not read where it went back until it has come to where it was', async () => {
    expect(await view.current(answering(1, 9))).toBe(9n);
    expect(await view.current(answering(1, 7))).toBeUndefined();
    expect(() => view.liveReads).toThrow('it is at position 7, and was read at 9');
    expect(view.heard('1/8')).toBe(8n);
    expect(await view.current(answering(1, 8))).toBeUndefined();
    expect(await view.current(answering(1, 9))).toBe(9n);
    expect(() => view.liveReads).not.toThrow();
  });

  it('waits for the next generation from the moment on in which it hears that it is live', async () => {
    await view.current(answering(1, 5));
    expect(view.heard('2/4')).toBeUndefined();
    expect(view.heard('2/5 live')).toBe('look');
    expect(view.heard('1/8')).toBe(5n);
    expect(view.heard('2/8')).toBe(8n);
  });

  it('does not forget a flip that it heard of while it was looking', async () => {
    await view.current(answering(1, 5));
    await view.current(answering(1, 5, () => view.heard('2/5 live')));
    expect(view.heard('1/8')).toBe(5n);
  });

  it('goes over where notifications have told more than a look that was under way', async () => {
    await view.current(answering(1, 5));
    const both = [
      { number: 1, position: 5, state: 'retired' as const },
      { number: 2, position: 5 },
    ];
    const meanwhile = () => ['2/5 live', '1/6', '2/6'].forEach((payload) => view.heard(payload));
    expect(await view.current(seeing(both, meanwhile))).toBe(6n);
    expect(view.problem).toBeUndefined();
  });

  it('waits for one that is retired for a while, and no more for one that is dropped', async () => {
    await view.current(answering(1, 5));
    const both = [
      { number: 1, position: 5, state: 'retired' as const },
      { number: 2, position: 7 },
    ];
    expect(await view.current(seeing(both))).toBe(5n);
    expect(view.heard('2/9')).toBe(5n);
    expect(view.heard('1/9')).toBe(9n);
    expect(view.heard('2/11')).toBe(9n);
    expect(await view.current(answering(2, 11))).toBe(11n);
  });

  it('looks again where a generation is dropped between two statements of a look', async () => {
    await view.current(answering(1, 5));
    const both = seeing(
      [
        { number: 1, position: 5, state: 'retired' },
        { number: 2, position: 7 },
      ],
      () => {
        throw Object.assign(new Error('relation "scim_view_g1.checkpoint" does not exist'), { code: '42P01' });
      },
    );
    let looks = 0;
    const ask: Ask = (text, values) => {
      if (text.includes('BEGIN')) looks++;
      return looks === 1 ? both(text, values) : answering(2, 7)(text, values);
    };
    expect(await view.current(ask)).toBe(7n);
    expect(view.problem).toBeUndefined();
  });

  it('reads the one of its own release, and waits for one of another that is kept up', async () => {
    const beside = { number: 2, position: 6, codeVersion: 'another' };
    expect(await view.current(seeing([{ number: 1, position: 9 }, beside], undefined, ['another']))).toBe(6n);
    expect(view.problem).toBeUndefined();
    expect(view.heard('2/9')).toBe(9n);
  });

  it('waits for those of others though its own release has none, and reads nothing', async () => {
    const other = { number: 2, position: 6, codeVersion: 'another' };
    expect(await view.current(seeing([other], undefined, ['another']))).toBe(6n);
    expect(view.problem).toMatch(/this release reads/);
    expect(() => view.liveReads).toThrow('this release reads');
    expect(await view.current(seeing([other]))).toBeUndefined();
  });

  it('reads nothing, and says why, where nobody keeps its own up', async () => {
    const problems: (string | undefined)[] = [];
    const url = 'postgres://localhost/scim';
    const problemChanged = (problem: string | undefined) => problems.push(problem);
    const leased = new FollowedDirectoryView({ url, registry, logIdentity: 'log', problemChanged });
    expect(await leased.current(seeing([{ number: 1, position: 9 }], undefined, [own]))).toBe(9n);
    expect(await leased.current(seeing([{ number: 1, position: 9 }]))).toBe('unattended');
    expect(problems).toEqual([undefined, 'nobody keeps it up']);
    await leased.close();
  });
});
