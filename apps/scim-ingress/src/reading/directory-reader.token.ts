/** Injection token of the `DirectoryReader` that answers reads. */
export const DIRECTORY_READER = Symbol('DIRECTORY_READER');
