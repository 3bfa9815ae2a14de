/** A map of things by their names, each as it is spelled and in lower case; for `inAnyCase`. */
export function bySpellings<Named>(
  all: readonly Named[],
  nameOf: (named: Named) => string,
): ReadonlyMap<string, Named> {
  const names = new Map<string, Named>();
  for (const named of all) names.set(nameOf(named), named).set(nameOf(named).toLowerCase(), named);
  return names;
}

/** What has this name, ignoring case. A name is folded only where it is not spelled as most clients spell it. */
export function inAnyCase<Named>(names: ReadonlyMap<string, Named>, name: string): Named | undefined {
  return names.get(name) ?? names.get(name.toLowerCase());
}
