import { describe, expect, it } from '@jest/globals';
import { ProbedClient } from '../testing/probed-client.js';

const message = (value: string, partition = 0) => ({ value, partition });

/** Why `KafkaPublisher` is as it is (docs/decisions/kafka-client.md). Where one of these fails, the client has changed. */
describe('the client that the relay publishes through', () => {
  it('swallows a message where sends overlap and an answer is lost', async () => {
    const client = new ProbedClient([0]);
    await client.connect();
    client.next(0, 'lose the answer');
    await Promise.all(['A', 'B', 'C'].map((value) => client.send(message(value))));
    expect(client.partitions[0]?.written).not.toContain('B');
  });

  it('neither swallows nor repeats a message where sends follow each other', async () => {
    const client = new ProbedClient([0]);
    await client.connect();
    for (const value of ['A', 'B', 'C']) {
      client.next(0, 'lose the answer');
      await client.send(message(value));
    }
    expect(client.partitions[0]?.written).toEqual(['A', 'B', 'C']);
  });

  it('swallows the message after a send that was rejected, if it is used again', async () => {
    const client = new ProbedClient([0]);
    await client.connect(1);
    client.next(0, 'lose the answer', 'lose the answer');
    await expect(client.send(message('A'))).rejects.toThrow();
    await client.send(message('B'));
    expect(client.partitions[0]?.written).toEqual(['A']);
  });

  it('reports success without a message whose partition moves to a broker that has answered', async () => {
    const client = new ProbedClient([0, 1]);
    await client.connect();
    client.next(1, 'hand over and be away');
    const acks = await client.send(message('A', 0), message('B', 1));
    expect(client.partitions[1]?.written).toEqual([]);
    // What tells the relay.
    expect(acks.map(({ partition }) => partition)).toEqual([0]);
  });
});
