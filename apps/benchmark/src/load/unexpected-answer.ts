import type { Answer, Exchange } from './exchange.js';

/** A request was not answered as it should be: what was measured is not what was meant. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';

  constructor({ request, status, shows }: Exchange, answer: Answer) {
    const [requestLine] = request.toString('utf8').split('\r\n', 1);
    const body = answer.body.toString('utf8').slice(0, 300);
    const wanted = answer.status === status ? `a body with ${shows ?? 'nothing'}` : String(status);
    super(`${requestLine} was answered with ${answer.status} instead of ${wanted}: ${body}`);
  }
}
