import { z as zod } from 'zod/v4';

// Our policy forbids evaluating strings. Where zod may try, the browser refuses, and reads the whole bundle once more to say where.
zod.config({ jitless: true });

/**
 * Stands in the browser for zod (client/vite.config.ts): a schema is made when somebody first uses it. The contract has thousands, and a page
 * that made them all when it opened was late by an eighth; it needs a few dozen.
 */
interface Deferred {
  make: () => object;
  made?: object;
}

type Methods = Record<PropertyKey, (...args: unknown[]) => object>;

/** What makes another schema of one, and can wait with it. Of any other member the schema is made at once. */
const STEPS = new Set<PropertyKey>(
  (
    'and array brand catch check default describe endsWith exclude extend extract gt gte includes int length lowercase lt lte max meta min ' +
    'multipleOf negative nonempty nonnegative nonpositive normalize nullable nullish omit optional or overwrite partial pick pipe positive ' +
    'prefault readonly refine regex required startsWith strict superRefine toLowerCase toUpperCase transform trim uppercase'
  ).split(' '),
);

const deferred = new WeakMap<object, Deferred>();

function defer(make: () => object): object {
  const one: Deferred = { make };
  const proxy = new Proxy(one, handler);
  deferred.set(proxy, one);
  return proxy;
}

const handler: ProxyHandler<Deferred> = {
  get(one, name) {
    if (!one.made && STEPS.has(name)) return (...args: unknown[]) => defer(() => step(madeOf(one), name, args));
    const made = madeOf(one);
    const member: unknown = Reflect.get(made, name);
    return typeof member === 'function' ? member.bind(made) : member;
  },
  has: (one, name) => Reflect.has(madeOf(one), name),
};

function madeOf(one: Deferred): object {
  one.made ??= one.make();
  return one.made;
}

function step(made: object, name: PropertyKey, args: unknown[]): object {
  const method = (made as Methods)[name];
  if (!method) throw new TypeError(`no schema has ${String(name)}`);
  const [first] = args;
  return method.apply(made, name === 'extend' ? [fieldsOf(first as object)] : args.map(schemaOf));
}

/** The schema that one stands for, or each of a list; all else as it is. */
function schemaOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(schemaOf);
  const one = typeof value === 'object' && value !== null ? deferred.get(value) : undefined;
  return one ? madeOf(one) : value;
}

/** The schemas of an object's fields, which zod asks for when it first reads such an object. */
function fieldsOf(shape: object): Record<string, never> {
  const fields = {};
  for (const key of Object.keys(shape))
    Object.defineProperty(fields, key, { enumerable: true, get: () => schemaOf(Reflect.get(shape, key)) });
  return fields;
}

type Makers = Record<string, (...args: never[]) => object>;
type Deferring<M extends Makers> = { [K in keyof M]: (...args: unknown[]) => object };

function deferAll<M extends Makers>(makers: M): Deferring<M> {
  const all = Object.entries(makers).map(([name, make]) => [
    name,
    (...args: unknown[]) => defer(() => make(...(args.map(schemaOf) as never[]))),
  ]);
  return Object.fromEntries(all) as Deferring<M>;
}

/** As much of zod as contract and client use; test/client/api/lazy-zod.test.ts finds what is missing. */
export const z = {
  ...deferAll({
    array: zod.array,
    base64: zod.base64,
    boolean: zod.boolean,
    discriminatedUnion: zod.discriminatedUnion,
    enum: zod.enum,
    int: zod.int,
    literal: zod.literal,
    number: zod.number,
    record: zod.record,
    string: zod.string,
    stringbool: zod.stringbool,
    tuple: zod.tuple,
    union: zod.union,
    unknown: zod.unknown,
    uuid: zod.uuid,
  }),
  object: (shape: object, ...rest: never[]) => defer(() => zod.object(fieldsOf(shape), ...rest)),
  iso: deferAll({ date: zod.iso.date, datetime: zod.iso.datetime }),
  coerce: deferAll({ number: zod.coerce.number }),
  ZodError: zod.ZodError,
};
