/** For whoever keeps the program running: exits with 0 where HEALTH_FILE says that it is healthy. */
import { isHealthy } from './health-file.js';

process.exitCode = isHealthy(process.env['HEALTH_FILE'] ?? '') ? 0 : 1;
