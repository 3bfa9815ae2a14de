import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import { TurnOfAnswers } from './turn-of-answers.js';

describe('the answers of a turn', () => {
  let answers: TurnOfAnswers;
  let seen: unknown[];
  let failures: unknown[];

  beforeEach(() => {
    failures = [];
    seen = [];
    answers = new TurnOfAnswers((...failure) => void failures.push(failure));
  });

  const taking = () => reply((body) => void seen.push(body));
  const failing = (error: Error) =>
    reply(() => {
      throw error;
    });

  function reply(send: (body: unknown) => void): FastifyReply {
    const raw = { destroy: () => void seen.push('closed') };
    return { raw, send } as unknown as FastifyReply;
  }

  it('are sent when it ends, in their order', async () => {
    answers.send(taking(), 'first');
    answers.send(taking(), undefined);
    await Promise.resolve();
    expect(seen).toEqual([]);
    await nextTurn();
    expect(seen).toEqual(['first', undefined]);
    answers.send(taking(), 'of another turn');
    await nextTurn();
    expect(seen).toEqual(['first', undefined, 'of another turn']);
  });

  it('are sent although one of them cannot be, in place of which another answer is made', async () => {
    const error = new Error('nothing can be sent');
    const lost = failing(error);
    answers.send(lost, 'lost');
    answers.send(taking(), 'kept');
    await nextTurn();
    expect(failures).toEqual([[error, lost]]);
    expect(seen).toEqual(['kept']);
  });

  it('are sent although one of them cannot be answered at all, whose connection is closed', async () => {
    answers = new TurnOfAnswers((error) => {
      throw error;
    });
    answers.send(failing(new Error('nothing can be sent')), 'lost');
    answers.send(taking(), 'kept');
    await nextTurn();
    expect(seen).toEqual(['closed', 'kept']);
  });

  it('are sent in a later turn where sending another one made them', async () => {
    answers.send(
      reply(() => answers.send(taking(), 'later')),
      'now',
    );
    await nextTurn();
    await nextTurn();
    expect(seen).toEqual(['later']);
  });
});
