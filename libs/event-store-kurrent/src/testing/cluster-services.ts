import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import gossip, { type ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import features, { type SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared, { type Empty } from '@eventstore/db-client/generated/shared_pb.js';
import type { NodeOfCluster } from './node-of-cluster.js';

const [unknown, follower, leader] = [2, 6, 8] as const;

/** `Gossip.Read`: who is in the cluster. */
export function gossipService(node: NodeOfCluster) {
  return (_call: ServerUnaryCall<Empty, ClusterInfo>, answer: sendUnaryData<ClusterInfo>): void => {
    const members = node.members().map(({ endPoint, leads }, index) => {
      const instance = new shared.UUID();
      instance.setString(`00000000-0000-4000-8000-00000000000${index}`);
      const address = new gossip.EndPoint();
      address.setAddress(endPoint.host);
      address.setPort(endPoint.port);
      const member = new gossip.MemberInfo();
      member.setInstanceId(instance);
      member.setTimeStamp(String(Date.now()));
      member.setState(node.faults.electing ? unknown : leads ? leader : follower);
      member.setIsAlive(true);
      member.setHttpEndPoint(address);
      return member;
    });
    const info = new gossip.ClusterInfo();
    info.setMembersList(members);
    answer(null, info);
  };
}

/** `ServerFeatures.GetSupportedMethods`: what the client asks before it chooses how to append. */
export function serverFeaturesService() {
  return (_call: ServerUnaryCall<Empty, SupportedMethods>, answer: sendUnaryData<SupportedMethods>): void => {
    const methods = ['Read', 'Append', 'BatchAppend'].map((name) => {
      const method = new features.SupportedMethod();
      method.setServiceName('event_store.client.streams.Streams');
      method.setMethodName(name);
      return method;
    });
    const supported = new features.SupportedMethods();
    supported.setEventStoreServerVersion('24.10.0');
    supported.setMethodsList(methods);
    answer(null, supported);
  };
}
