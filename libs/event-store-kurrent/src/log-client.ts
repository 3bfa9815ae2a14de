import type { Channel, ClientReadableStream } from '@grpc/grpc-js';
import { EventStoreDBClient, NotLeaderError, convertToCommandError } from '@eventstore/db-client';
import services from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ConnectionSettings } from './connection-settings.js';

/** How often a call follows "another node leads" before it gives up; an election may be under way. */
const maxRedirects = 3;

/**
 * The client of EventStoreDB with what its own calls lack: reads of the whole log with a filter, reads with a deadline,
 * a `close` that ends connections, and appends that stand on their own (see docs/decisions/event-store-client.md).
 */
export class LogClient extends EventStoreDBClient {
  #channel: Promise<Channel> | undefined;
  #reconnecting: Promise<void> = Promise.resolve();

  constructor({ nodes, channel, credentials }: ConnectionSettings) {
    super(nodes, channel, credentials);
    const { handleError, getChannel } = this;
    // The client asks this of batch appends alone. They share one call, and one list of who waits in the whole process:
    // a lost connection fails the appends of every client, and the answer to one of those ends the process.
    this.supports = () => Promise.resolve(false);
    // Nobody waits for it in the client, so a failed discovery would be an unhandled rejection.
    this.handleError = (client, error) => (this.#reconnecting = handleError(client, error).catch(() => undefined));
    this.getChannel = () => (this.#channel = getChannel());
  }

  /**
   * Sends a read.
   *
   * @param live the read is a subscription: it has no deadline, and any node may answer it.
   */
  read(request: ReadReq, { live = false } = {}): Promise<ClientReadableStream<ReadResp>> {
    const call = this.callArguments({ requiresLeader: !live }, live ? { deadline: Infinity } : undefined);
    return this.GRPCStreamCreator(services.StreamsClient, 'read', (client) => client.read(request, ...call))();
  }

  /**
   * Makes a call again where the node says that another one leads and has done nothing; the client is connected to
   * that one by then.
   */
  async followingLeader<T>(call: () => Promise<T>): Promise<T> {
    for (let redirects = 0; ; redirects++) {
      try {
        return await call();
      } catch (cause) {
        const error = cause instanceof Error ? convertToCommandError(cause) : cause;
        if (!(error instanceof NotLeaderError) || redirects === maxRedirects) throw error;
        await this.reconnected();
      }
    }
  }

  /** Resolves once the client has drawn its conclusions from a call that failed in this turn. */
  async reconnected(): Promise<void> {
    await new Promise(setImmediate);
    await this.#reconnecting;
  }

  async close(): Promise<void> {
    await this.dispose();
    const channel = await this.#channel?.catch(() => undefined);
    channel?.close();
  }
}
