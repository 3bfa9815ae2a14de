import type { Channel, ClientReadableStream } from '@grpc/grpc-js';
import {
  EventStoreDBClient,
  NotLeaderError,
  WrongExpectedVersionError,
  convertToCommandError,
} from '@eventstore/db-client';
import services from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ExpectedRevision, Position } from '#event-store';
import { AppendCall, AppendUnanswered } from './append-call.js';
import type { ProposedEvent } from './append-request.js';
import type { ConnectionSettings } from './connection-settings.js';
import { openWideChannel } from './wide-channel.js';

/** How often a call follows "another node leads" before it gives up; an election may be under way. */
const maxRedirects = 3;

/**
 * The client of EventStoreDB, for how it connects, finds the leader and tells errors apart, with calls of our own. Its
 * calls know no filter for reads of the whole log, no deadline for reads, no end of connections, and share who waits for
 * the answers to appends between all clients of a process (docs/decisions/event-store-client.md).
 */
export class LogClient extends EventStoreDBClient {
  #channel: Promise<Channel> | undefined;
  #appends: Promise<AppendCall> | undefined;
  #reconnecting: Promise<void> = Promise.resolve();

  constructor(settings: ConnectionSettings) {
    super(settings.nodes, settings.channel, settings.credentials);
    const { handleError, getChannel } = this;
    const createChannel = this['createChannel'] as () => Promise<Channel>;
    // It is the client that finds out whom to connect to; how is not left open to subclasses.
    this['createChannel'] = async () => {
      const unused = await createChannel();
      unused.close();
      return openWideChannel(unused.getTarget(), settings);
    };
    // Nobody waits for it in the client, so a failed discovery would be an unhandled rejection.
    this.handleError = (client, error) => (this.#reconnecting = handleError(client, error).catch(() => undefined));
    this.getChannel = () => (this.#channel = getChannel());
  }

  /**
   * Appends at an exact revision. The server then compares the events after that revision with the ids it is sent, however
   * old they are, and answers a repetition with success; with "any" it would only look among the newest it remembers.
   *
   * @returns the position of the last event, where the server says it.
   * @throws AppendUnanswered, or what the server or the connection says instead of success.
   */
  async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly ProposedEvent[],
  ): Promise<Position | undefined> {
    let tries = 0;
    try {
      const success = await this.followingLeader(async () => {
        tries++;
        const call = await this.#appendCall();
        return call.append(stream, expected, events, this.createDeadline().getTime() - Date.now());
      });
      const position = success.getPosition()?.getCommitPosition();
      return position === undefined ? undefined : (BigInt(position) as Position);
    } catch (error) {
      // Only a send is answered with "another node leads", and the one that led before may have committed what it brought: the
      // answer ends the call for all that wait in it. So what became of a later try, even that it found nobody to send to, says
      // nothing of the first one, but for a conflict: the events are not where they would be.
      if (tries < 2 || error instanceof WrongExpectedVersionError) throw error;
      throw new AppendUnanswered('The leader of the event store changed', { cause: error });
    }
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
   * Makes a call again where the node says that another one leads; the client is connected to that one by then. An append
   * may be in the log already, if its answer was lost with the node that led before: it is then a repetition.
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

  /** Begins one where there is none, or it has broken off. */
  #appendCall(): Promise<AppendCall> {
    const forget = () => {
      if (this.#appends === beginning) this.#appends = undefined;
    };
    const beginning = (this.#appends ??= this.#beginAppends(forget));
    beginning.catch(forget);
    return beginning;
  }

  async #beginAppends(onBroken: () => void): Promise<AppendCall> {
    const call = this.callArguments({ requiresLeader: true }, { deadline: Infinity });
    const begin = this.GRPCStreamCreator(services.StreamsClient, 'append', (client) => client.batchAppend(...call));
    return new AppendCall(await begin(), onBroken);
  }

  async close(): Promise<void> {
    await this.dispose();
    const channel = await this.#channel?.catch(() => undefined);
    channel?.close();
  }
}
