import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Server as GrpcServer, Server, ServerCredentials } from '@grpc/grpc-js';
import gossipServices from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import featureServices from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { appendService } from './append-service.js';
import { batchAppendService } from './batch-append-service.js';
import { gossipService, serverFeaturesService } from './cluster-services.js';
import { Faults } from './faults.js';
import { LoopbackLog } from './loopback-log.js';
import { LoopbackWire } from './loopback-wire.js';
import type { EndPoint, NodeOfCluster, ServedSubscription } from './node-of-cluster.js';
import { readService } from './read-service.js';
import { consumerTooSlow } from './rpc-errors.js';

export interface LoopbackServerOptions {
  readonly log?: LoopbackLog;
  /** Largest append in bytes; EventStoreDB's default is 1 MiB. */
  readonly maxAppendSize?: number;
  /** Whether it is as old as to know no batch appends. */
  readonly withoutBatchAppend?: boolean;
  /** Who may call, by TLS with the certificate of this folder; anybody may, without TLS, where it is left out. */
  readonly credentials?: { readonly username: string; readonly password: string };
  readonly cluster?: { leader(): LoopbackServer; members(): readonly LoopbackServer[] };
}

/**
 * A stand-in for EventStoreDB on 127.0.0.1: it speaks the true protocol, on the service definitions that the client
 * ships, and keeps the documented rules of appends. It has no disk, no index and no replication of its own, so what it
 * proves is how we deal with the protocol and with its failures (docs/eventstoredb.md).
 */
export class LoopbackServer implements NodeOfCluster {
  log: LoopbackLog;
  readonly faults = new Faults();
  readonly maxAppendSize: number;
  readonly authorization: string | undefined;
  readonly subscriptions: ServedSubscription[] = [];
  readonly #cluster: LoopbackServerOptions['cluster'];
  readonly #withoutBatchAppend: boolean;
  readonly #wire = new LoopbackWire();
  #grpc: GrpcServer | undefined;
  #port = 0;

  private constructor(options: LoopbackServerOptions) {
    const { log = new LoopbackLog(), maxAppendSize = 1024 * 1024, credentials, cluster } = options;
    this.log = log;
    this.maxAppendSize = maxAppendSize;
    this.authorization =
      credentials && `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
    this.#withoutBatchAppend = options.withoutBatchAppend ?? false;
    this.#cluster = cluster;
  }

  static async start(options: LoopbackServerOptions = {}): Promise<LoopbackServer> {
    const server = new LoopbackServer(options);
    await server.start();
    return server;
  }

  get endPoint(): EndPoint {
    return { host: '127.0.0.1', port: this.#port };
  }

  /** @param options more of the connection string, e.g. `defaultDeadline=500`. */
  connectionString(options = ''): string {
    return `esdb://127.0.0.1:${this.#port}?tls=false${options && `&${options}`}`;
  }

  /** On the port it had before, if it was started before, and with the same log, or another in its place, e.g. a backup. */
  async start(log = this.log): Promise<void> {
    this.log = log;
    this.#grpc = new Server({ 'grpc.max_receive_message_length': largestMessage });
    const [read, append, batchAppend] = [readService(this), appendService(this), batchAppendService(this)];
    // Where a call fails, its connection is gone, so there is nobody to tell.
    this.#grpc.addService(streamServices.StreamsService, {
      read: (call: Parameters<typeof read>[0]) => void read(call).catch(() => {}),
      append: (...call: Parameters<typeof append>) => void append(...call).catch(() => {}),
      ...(!this.#withoutBatchAppend && {
        batchAppend: (call: Parameters<typeof batchAppend>[0]) => void batchAppend(call).catch(() => {}),
      }),
    });
    this.#grpc.addService(gossipServices.GossipService, { read: gossipService(this) });
    this.#grpc.addService(featureServices.ServerFeaturesService, { getSupportedMethods: serverFeaturesService() });
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.#grpc.bindAsync(
      '127.0.0.1:0',
      this.authorization ? withTls() : ServerCredentials.createInsecure(),
      (error, port) => (error ? reject(error) : resolve(port)),
    );
    this.#port = await this.#wire.open(this.#port, await promise);
  }

  async stop(): Promise<void> {
    if (!this.#grpc) return;
    await this.#wire.close();
    this.#grpc.forceShutdown();
    this.#grpc = undefined;
  }

  cut(): void {
    this.#wire.cut();
  }

  /** Subscriptions that are being served. */
  get liveSubscriptions(): readonly ServedSubscription[] {
    return this.subscriptions.filter((subscription) => !subscription.over);
  }

  dropSubscriptions(): void {
    for (const subscription of this.liveSubscriptions) subscription.drop(consumerTooSlow());
  }

  otherLeader(): EndPoint | undefined {
    const leader = this.#cluster?.leader() ?? this;
    return leader === this ? undefined : leader.endPoint;
  }

  members(): readonly { readonly endPoint: EndPoint; readonly leads: boolean }[] {
    const members = this.#cluster?.members() ?? [this];
    return members.map((member) => ({ endPoint: member.endPoint, leads: member.otherLeader() === undefined }));
  }
}

/** Bytes; `TFConsts.EffectiveMaxLogRecordSize` of KurrentDB. */
const largestMessage = 16 * 1024 * 1024 - 10_000;

/** Made for the tests; it vouches for nothing else. */
export const loopbackCertificate = join(import.meta.dirname, 'tls/loopback-certificate.pem');

function withTls(): ServerCredentials {
  const key = readFileSync(join(import.meta.dirname, 'tls/loopback-key.pem'));
  return ServerCredentials.createSsl(null, [{ private_key: key, cert_chain: readFileSync(loopbackCertificate) }]);
}
