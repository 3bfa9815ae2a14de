import { Expose } from 'class-transformer';
import { Matches } from 'class-validator';

/** Which installation is meant where everything runs in one process: the folder it was started on. */
export class EmbeddedEnvironment {
  @Expose()
  @Matches(/\S/, { message: 'DATA_DIR must name a folder' })
  readonly DATA_DIR: string = './data';
}
