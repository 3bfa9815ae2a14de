type Method = (...args: readonly unknown[]) => Promise<unknown>;

/** A port whose calls that answer with a promise go through `intercept`; it makes the call by `perform`, or does not. */
export function interceptedPort<Port extends object>(
  port: Port,
  intercept: (operation: string, perform: () => Promise<unknown>) => Promise<unknown>,
  operations: readonly (keyof Port & string)[],
): Port {
  return new Proxy(port, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as Method | undefined;
      if (typeof method !== 'function') return method;
      const call: Method = (...args) => method.apply(target, [...args]);
      if (!(operations as readonly unknown[]).includes(name)) return call;
      return (...args: readonly unknown[]) => intercept(String(name), () => call(...args));
    },
  });
}
