import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Outcome } from '../outcome.js';
import type { Task } from '../task.js';
import { describeInstallations } from '../testing/describe-installations.js';
import type { InstallationUnderTest } from '../testing/installation-under-test.js';
import { dropGeneration, requestRebuild, requestReturn } from './request-generation.js';

describeInstallations('the view, to an operator', (make) => {
  let subject: InstallationUnderTest;
  beforeEach(async () => {
    subject = await make();
  });
  afterEach(() => subject.remove());

  async function ask(task: (...args: Parameters<Task>) => Promise<Outcome>): Promise<Outcome> {
    await using installation = subject.open();
    return await task(installation, () => undefined);
  }

  async function states(): Promise<readonly string[]> {
    await using installation = subject.open();
    return (await installation.generations()).map(({ state }) => state);
  }

  const drop = (number: number) => ask((installation) => dropGeneration(installation, number));

  it('is asked to be built anew once, beside the live one, and the wish can be taken back', async () => {
    await subject.view();
    const asked = await ask(requestRebuild);
    expect(asked.exitCode).toBe(0);
    expect(asked.text).toMatch(/^Written down: build generation 2\. It is begun within seconds/);
    expect(await ask(requestRebuild)).toMatchObject({
      exitCode: 0,
      text: expect.stringMatching(/^Generation 2 is being/),
    });
    expect(await states()).toEqual(['live', 'building']);
    expect(await drop(2)).toEqual({ exitCode: 0, text: 'Generation 2 is dropped.\n' });
    expect(await states()).toEqual(['live', 'dropped']);
  });

  it('is begun later where nobody leads', async () => {
    await subject.view();
    await subject.stopLeading();
    expect((await ask(requestRebuild)).text).toContain('Nobody builds now; it is begun once somebody does.');
  });

  it('keeps what readers see, and what never was', async () => {
    await subject.view();
    expect(await drop(1)).toEqual({
      exitCode: 1,
      text: 'Generation 1 is live: readers see it. Nothing was changed.\n',
    });
    expect(await drop(7)).toEqual({ exitCode: 1, text: 'There never was a generation 7. Nothing was changed.\n' });
    const returned = await ask((installation) => requestReturn(installation, 1));
    expect(returned).toEqual({ exitCode: 1, text: 'Generation 1 is not a retired one. Nothing was changed.\n' });
  });
});
