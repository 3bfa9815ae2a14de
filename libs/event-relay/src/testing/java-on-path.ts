import { spawnSync } from 'node:child_process';

/** What Apache Kafka 4 takes; 3.9 takes it as well. */
const oldestJava = 17;

/** Why the programs of the path cannot run Apache Kafka, if they cannot. */
export function missingJava(path = process.env['PATH'] ?? ''): string | undefined {
  const { error, stderr } = spawnSync('java', ['-version'], { env: { ...process.env, PATH: path }, encoding: 'utf8' });
  if (error) return 'there is no java on the path';
  // Java 8 calls itself 1.8.
  const version = /version "(?:1\.)?(\d+)/.exec(stderr)?.[1];
  if (version === undefined) return `the java on the path does not say its version: ${stderr.trim().split('\n')[0]}`;
  if (Number(version) >= oldestJava) return undefined;
  return `the java on the path is Java ${version}, and Apache Kafka takes Java ${oldestJava} or later`;
}
