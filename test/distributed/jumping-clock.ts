/**
 * To be preloaded by a process (`--import`): each SIGUSR2 sets its wall clock an hour ahead, or an hour back where it was
 * ahead, as an operator or a time service might. Timers and `performance.now` go on, as they do on a real machine.
 */
const hour = 3_600_000;
let ahead = 0;
process.on('SIGUSR2', () => {
  ahead = ahead > 0 ? -hour : hour;
});

const trueDate = Date;
const now = () => trueDate.now() + ahead;
globalThis.Date = new Proxy(trueDate, {
  construct: (target, given: unknown[], as) =>
    Reflect.construct(target, given.length > 0 ? given : [now()], as) as Date,
  get: (target, name, receiver): unknown => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});
