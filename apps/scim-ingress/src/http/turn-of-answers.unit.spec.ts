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

  const send = (...answer: Parameters<TurnOfAnswers['send']>) => void answers.send(...answer);
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
    send(taking(), 'first');
    send(taking(), undefined);
    await Promise.resolve();
    expect(seen).toEqual([]);
    await nextTurn();
    expect(seen).toEqual(['first', undefined]);
    send(taking(), 'of another turn');
    await nextTurn();
    expect(seen).toEqual(['first', undefined, 'of another turn']);
  });

  it('are waited for until all of them are sent, also where one cannot be', async () => {
    const sent = [answers.send(taking(), 'first'), answers.send(failing(new Error('lost')), 'lost')];
    void sent[0]?.then(() => seen.push('told'));
    send(taking(), 'last');
    await Promise.all(sent);
    expect(seen).toEqual(['first', 'last', 'told']);
  });

  it('are sent although one of them cannot be, in place of which another answer is made', async () => {
    const error = new Error('nothing can be sent');
    const lost = failing(error);
    send(lost, 'lost');
    send(taking(), 'kept');
    await nextTurn();
    expect(failures).toEqual([[error, lost]]);
    expect(seen).toEqual(['kept']);
  });

  it('are sent although one of them cannot be answered at all, whose connection is closed', async () => {
    answers = new TurnOfAnswers((error) => {
      throw error;
    });
    send(failing(new Error('nothing can be sent')), 'lost');
    send(taking(), 'kept');
    await nextTurn();
    expect(seen).toEqual(['closed', 'kept']);
  });

  it('are sent in a later turn where sending another one made them', async () => {
    send(
      reply(() => send(taking(), 'later')),
      'now',
    );
    await nextTurn();
    await nextTurn();
    expect(seen).toEqual(['later']);
  });
});
