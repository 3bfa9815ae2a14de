import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'yaml';
import { brokersKnownTo } from './brokers-known-to.js';
import { freePorts } from './free-ports.js';
import type { KafkaBrokers } from './kafka-brokers.js';

/** The engine that runs containers here and has the image by now, if there is one: its client may be there without it. */
export function containerEngine(): string | undefined {
  const { image } = kafkaService();
  return ['docker', 'podman'].find((engine) => {
    const does = (...args: readonly string[]) => spawnSync(engine, args, { stdio: 'ignore' }).status === 0;
    return does('info') && (does('image', 'inspect', image) || does('pull', image));
  });
}

/** The broker of docker-compose.yml, on a port of this machine. */
export async function startKafkaContainer(engine: string): Promise<KafkaBrokers> {
  const { image, environment } = kafkaService();
  const [port] = (await freePorts(1)) as [number];
  const bootstrap = `127.0.0.1:${port}`;
  const settings = {
    ...environment,
    KAFKA_LISTENERS: `PLAINTEXT://:${port},CONTROLLER://:9093`,
    KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${bootstrap}`,
  };
  const variables = Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const options = ['--detach', '--rm', '--hostname', 'kafka', '--publish', `${bootstrap}:${port}`];
  const { status, stdout, stderr } = spawnSync(engine, ['run', ...options, ...variables, image], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${engine} cannot run ${image}: ${stderr.trim()}`);
  const stop = async () => void spawnSync(engine, ['kill', stdout.trim()], { stdio: 'ignore' });
  for (const deadline = performance.now() + 60_000; performance.now() < deadline; await pause(100))
    if ((await brokersKnownTo(bootstrap)) === 1) return { bootstrap, stop };
  await stop();
  throw new Error(`${image} did not start`);
}

function kafkaService(): { readonly image: string; readonly environment: Readonly<Record<string, string>> } {
  const file = readFileSync(new URL('../../../../docker-compose.yml', import.meta.url), 'utf8');
  return (parse(file) as { services: { kafka: ReturnType<typeof kafkaService> } }).services.kafka;
}
