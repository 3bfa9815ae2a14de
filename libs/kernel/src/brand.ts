declare const brand: unique symbol;

/** A value of type `T` that only its own constructor function can make, so that two kinds of id cannot be mixed up. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
