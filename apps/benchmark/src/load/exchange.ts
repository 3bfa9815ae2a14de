/** A request as bytes, and the status it is to be answered with. */
export interface Exchange {
  readonly request: Buffer;
  readonly status: number;
  /** Text that the answer's body has to hold; looked for in one answer of many. */
  readonly shows?: string;
}

export interface Answer {
  readonly status: number;
  /** Valid until the next answer on the same connection. */
  readonly body: Buffer;
}

/** What a client does on one connection: yields a request, is given its answer, yields the next. */
export type Script = Generator<Exchange, void, Answer>;

/** Gives the next script to whichever connection is free; undefined where nothing is left to do. */
export type Workload = () => Script | undefined;

/** A script of a single request. */
export function* single(exchange: Exchange): Script {
  yield exchange;
}

/** Takes exchanges from the list for ever, from its beginning again after its end. */
export function inTurn(exchanges: readonly Exchange[]): Workload {
  let next = 0;
  return () => single(exchanges[next++ % exchanges.length] as Exchange);
}
