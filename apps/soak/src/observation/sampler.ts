import { readFileSync } from 'node:fs';
import type { ServerProcess } from '../../../benchmark/src/server/server-process.js';
import { dataFolderSizes } from './data-folder-sizes.js';
import { Inspector } from './inspector.js';
import type { Sample } from './window.js';

/** Looks at the server; each look costs it a full garbage collection. */
export interface Sampler {
  sample(): Promise<Sample>;
}

/** How a process started with `--inspect` says where it can be asked. */
const announcement = /Debugger listening on (ws:\/\/\S+)/;

/** Samples a running server process: its heap by the inspector, its memory and checkpoint by its metrics. */
export class ServerSampler implements Sampler {
  private constructor(
    private readonly server: ServerProcess,
    private readonly folder: string,
    private readonly inspector: Inspector,
  ) {}

  /** @param logFile where the process writes what it has to say. */
  static async attach(server: ServerProcess, folder: string, logFile: string): Promise<ServerSampler> {
    const [, url] = announcement.exec(readFileSync(logFile, 'utf8')) ?? [];
    if (url === undefined) throw new Error('The server was not started with --inspect');
    return new ServerSampler(server, folder, await Inspector.open(url));
  }

  async sample(): Promise<Sample> {
    const heap = await this.inspector.heapAfterCollection();
    const metrics = await this.server.text('/metrics');
    return {
      heap,
      events: metric(metrics, 'projection_checkpoint{projection="directory-view"}'),
      resident: metric(metrics, 'process_resident_memory_bytes'),
      files: dataFolderSizes(this.folder),
    };
  }

  close(): void {
    this.inspector.close();
  }
}

/** @throws where Prometheus' text has no such series. */
function metric(metrics: string, series: string): number {
  const line = metrics.split('\n').find((text) => text.startsWith(`${series} `));
  if (line === undefined) throw new Error(`The server's metrics have no ${series}`);
  return Number(line.slice(series.length + 1));
}
