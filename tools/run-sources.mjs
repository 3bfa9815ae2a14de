/** Imported before a program of the sources that Node runs unbuilt: it takes file names literally, and ours name what is built. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    const isOurs = !context.parentURL?.includes('/node_modules/');
    return next(isOurs ? specifier.replace(/^(\.{1,2}\/.*)\.js$/, '$1.ts') : specifier, context);
  },
});
