import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Lease } from '../lease/lease.js';

/** What the contract needs to know of one implementation. */
export interface LeaseUnderTest {
  /** One lease as so many processes see it, which lasts as long as is said. */
  holders(count: number, lastsMs: number): readonly Lease[];
  close(): Promise<void>;
}

/** Long enough that nothing here takes as long. */
const long = 60_000;

/** What every `Lease` keeps to. */
export function leaseContract(name: string, open: () => Promise<LeaseUnderTest>): void {
  describe(`${name} as a lease`, () => {
    let subject: LeaseUnderTest;
    beforeEach(async () => {
      subject = await open();
    });
    afterEach(() => subject.close());

    it('is held by one of many who claim it at once', async () => {
      const answers = await Promise.all(subject.holders(5, long).map((lease) => lease.claim()));
      expect(answers.filter((held) => held)).toHaveLength(1);
    });

    it('is renewed by its holder and by nobody else', async () => {
      const [first, second] = subject.holders(2, long) as [Lease, Lease];
      expect(await first.claim()).toBe(true);
      expect(await second.claim()).toBe(false);
      expect(await first.claim()).toBe(true);
      expect(await second.claim()).toBe(false);
    });

    it('is free as soon as it is given back', async () => {
      const [first, second] = subject.holders(2, long) as [Lease, Lease];
      await first.claim();
      await second.release();
      expect(await second.claim()).toBe(false);
      await first.release();
      expect(await second.claim()).toBe(true);
      expect(await first.claim()).toBe(false);
    });

    it('goes to another when its holder is not heard of, and the late holder hears of it', async () => {
      const [first, second] = subject.holders(2, 200) as [Lease, Lease];
      await first.claim();
      const began = performance.now();
      while (!(await second.claim())) expect(performance.now() - began).toBeLessThan(10_000);
      expect(performance.now() - began).toBeGreaterThan(100);
      expect(await first.claim()).toBe(false);
    });
  });
}
