/**
 * A typed store; it exists to show a lexer most of TypeScript.
 */
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import assert from 'node:assert';

export type Id = string | number;
export type Handler<T> = (event: T, index: number) => void | Promise<void>;
type Keys<T> = keyof T & string;
type Getter<T> = { readonly [K in Keys<T> as `get${Capitalize<K>}`]: () => T[K] };
type Unwrap<T> = T extends Promise<infer U> ? Unwrap<U> : T extends (infer V)[] ? V : never;
type Pair = [first: string, second?: number, ...rest: boolean[]];

const enum Level {
  Debug = 1 << 0,
  Info = 0x10,
  Warn = 1_000,
  Error = "error".length,
}

enum Color {
  Red = "RED",
  Green = 'GREEN',
}

export interface Entity {
  readonly id: Id;
  name?: string;
  tags: ReadonlyArray<string>;
  meta: Record<string, unknown>;
  [key: string]: any;
  (call: number): string;
  new (name: string): Entity;
}

export interface Repository<T extends Entity, K extends keyof T = "id"> {
  find(id: T[K]): Promise<T | undefined>;
  all(): AsyncIterable<T>;
}

declare module "legacy" {
  export function legacy(a: number, b?: string): boolean;
}

declare global {
  interface Window {
    store: Store<any>;
  }
}

namespace Format {
  export const date = (d: Date): string => `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, "0")}`;
  export const money = (n: number, unit = '€'): string => `${n.toFixed(2)}\u00a0${unit} \`x\` \${y}`;
}

function logged(target: object, key: string, descriptor: PropertyDescriptor) {
  const original = descriptor.value;
  descriptor.value = function (this: unknown, ...args: unknown[]) {
    console.log(`${key}(${args.map((a) => JSON.stringify(a)).join(", ")})`);
    return original.apply(this, args);
  };
}

function sealed(constructor: Function): void {
  Object.seal(constructor);
}

abstract class Base<T> {
  protected abstract readonly kind: string;
  private static instances = 0;
  #secret: symbol = Symbol("secret");

  constructor(protected items: T[] = [], public label: string = "base") {
    Base.instances++;
  }

  abstract describe(): string;

  get size(): number {
    return this.items.length;
  }

  set first(value: T) {
    this.items[0] = value;
  }
}

@sealed
export class Store<T extends Entity> extends Base<T> implements Repository<T> {
  protected readonly kind = "store" as const;
  private cache: Map<Id, T> = new Map<Id, T>();
  declare extra: string;

  @logged
  async find(id: Id): Promise<T | undefined> {
    const hit = this.cache.get(id);
    if (hit !== undefined) return hit;
    for await (const item of this.all()) {
      if (item.id === id) {
        this.cache.set(id, item);
        return item;
      }
    }
    return undefined;
  }

  async *all(): AsyncGenerator<T> {
    for (const item of this.items) yield item;
  }

  override describe(): string {
    return `${this.kind} "${this.label}" holds ${this.size > 0 ? `${this.size} items` : 'nothing'}`;
  }
}

export function isEntity(value: unknown): value is Entity {
  return typeof value === "object" && value !== null && "id" in value;
}

function assertString(value: unknown): asserts value is string {
  if (typeof value !== "string") throw new TypeError("not a string: " + value);
}

export function parse(text: string): Entity[];
export function parse(text: Buffer, strict: boolean): Entity[];
export function parse(text: string | Buffer, strict = false): Entity[] {
  const lines = text.toString().split(/\r?\n/).filter((l) => !/^\s*(#|\/\/)/.test(l));
  return lines.map((line, i) => {
    const [name, count] = line.split("=");
    assert(name !== undefined, 'line ' + i);
    return { id: i, name: name!, tags: [], meta: { count: Number(count ?? 0) } } as unknown as Entity;
  });
}

const defaults = {
  host: "localhost",
  port: 8_080,
  ratio: .75,
  mask: 0b1111_0000,
  huge: 9_007_199_254_740_993n,
  timeout: 1e3,
  pattern: /^[a-z/]+$/i,
} satisfies Record<string, unknown>;

let tuple: Pair = ["a", 1, true, false];
let anything: any = null;
let nothing: void = undefined;
let big: bigint = 0xffn;
let maybe = anything?.deep?.[0] ?? (tuple[1] as number) / 2;
let fn: typeof parse | undefined;

export async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    switch (req.method) {
      case "GET":
        res.end(readFileSync("./index.html", { encoding: 'utf8' }));
        break;
      case 'POST':
      default:
        res.statusCode = 405;
    }
  } catch (error: unknown) {
    if (error instanceof Error) console.error(error.message);
    else throw error;
  } finally {
    delete anything.cache;
  }
  do {
    maybe--;
  } while (maybe > 0 && !fn);
}

export default new Store<Entity>([], `made at ${Format.date(new Date())}`);
export { defaults as options, Color, Level, nothing, big };
export type { Getter, Unwrap };
