import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { underLock } from './file-lock.js';
import { missingJava } from './java-on-path.js';

/** What the tests run on; docs/kafka.md says which versions were tried. */
const kafkaVersion = process.env['TEST_KAFKA_VERSION'] ?? '3.9.1';

const cache = fileURLToPath(new URL('../../../../.cache/kafka/', import.meta.url));
const copyDependencies = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies';

/** Where Apache Kafka's programs are, or why they cannot be had. */
export type KafkaDistribution = { readonly classPath: string } | { readonly missing: string };

/** Has Maven fetch Apache Kafka once and for all; whoever asks meanwhile, in any process, waits for it. */
export function kafkaDistribution(version = kafkaVersion): KafkaDistribution {
  const missing = missingJava();
  if (missing !== undefined) return { missing };
  const libs = join(cache, version, 'libs');
  if (!existsSync(libs)) {
    if (!isOnPath('mvn')) return { missing: 'there is no mvn on the path to fetch Apache Kafka with' };
    mkdirSync(cache, { recursive: true });
    const failure = underLock(join(cache, `${version}.lock`), () =>
      existsSync(libs) ? undefined : fetch(version, libs),
    );
    if (failure !== undefined) return { missing: failure };
  }
  return { classPath: join(libs, '*') };
}

/** @returns why it failed. The folder appears whole or not at all. */
function fetch(version: string, libs: string): string | undefined {
  const folder = join(cache, version);
  const unfinished = join(folder, 'unfinished');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  writeFileSync(join(folder, 'pom.xml'), pom(version));
  const args = ['-B', '-q', '-f', join(folder, 'pom.xml'), copyDependencies];
  const { status, stdout } = spawnSync('mvn', [...args, '-DincludeScope=runtime', `-DoutputDirectory=${unfinished}`], {
    encoding: 'utf8',
  });
  if (status !== 0) return `Maven cannot fetch Apache Kafka ${version}: ${stdout?.trim().split('\n')[0]}`;
  if (!readdirSync(unfinished).includes(`kafka_2.13-${version}.jar`)) return 'Maven fetched something else than Kafka';
  renameSync(unfinished, libs);
  return undefined;
}

function pom(version: string): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>test</groupId><artifactId>kafka-broker</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${version}</version>
  </dependency></dependencies>
</project>
`;
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
