#!/usr/bin/env node
'use strict';

// A job queue; it exists to show a lexer most of JavaScript.
/* Block comments do not nest: /* is nothing special, "quotes" neither. */

import fs, { readFile as read } from 'node:fs/promises';
import * as path from 'node:path';
export { default as Worker } from './worker.js';

const numbers = [0, 42, 1_000_000, 0xff, 0XAB, 0b1010, 0o755, .5, 5., 1e10, 2.5e-3, 1E+6, 10n, 0xffn];
const strings = ['it\'s', "say \"hi\"", 'tab\t', "\x41\u00e9\u{1F600}", 'a // b', "/* c */", '\
goes on'];

const patterns = {
  word: /\w+/g,
  slash: /a\/b/,
  set: /[/\]"']+/u,
  named: /(?<year>\d{4})-(?<month>\d\d)/iy,
  quote: /"([^"\\]|\\.)*"/,
};

/**
 * The state of a job.
 * @enum {string}
 */
const State = Object.freeze({
  WAITING: 'waiting',
  RUNNING: 'running',
  DONE: 'done',
});

export class Job extends EventTarget {
  static #count = 0;
  #started = null;
  attempts = 0;
  name;

  static {
    Job.registry = new Map();
  }

  constructor(name, task, { retries = 3, delay = 1e3, ...rest } = {}) {
    super();
    this.name = name;
    this.task = task;
    this.retries = retries;
    this.delay = delay;
    Object.assign(this, rest);
    Job.#count++;
  }

  static get count() {
    return Job.#count;
  }

  get age() {
    return this.#started === null ? undefined : Date.now() - this.#started;
  }

  set priority(value) {
    if (typeof value !== 'number' || Number.isNaN(value)) {
      throw new TypeError(`priority of ${this.name} is ${typeof value}, not a number`);
    }
    this._priority = value | 0;
  }

  async run(signal) {
    this.#started = Date.now();
    for (let attempt = 1; attempt <= this.retries; attempt++) {
      try {
        return await this.task({ attempt, signal });
      } catch (error) {
        if (signal?.aborted || attempt === this.retries) throw error;
        await sleep(this.delay * 2 ** attempt);
      } finally {
        this.attempts += 1;
      }
    }
    return void 0;
  }

  *[Symbol.iterator]() {
    yield this.name;
    yield* [this.retries, this.delay];
  }
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function compare(a, b) {
  return a.priority - b.priority || a.name.localeCompare(b.name);
}

export default class Queue {
  jobs = [];
  state = State.WAITING;

  add(...jobs) {
    this.jobs.push(...jobs);
    this.jobs.sort(compare);
    return this;
  }

  async *results(limit = Infinity) {
    let n = 0;
    while (this.jobs.length > 0 && n++ < limit) {
      const job = this.jobs.shift();
      yield { job, value: await job.run() };
    }
  }

  describe() {
    const list = this.jobs.map((job, i) => `${i + 1}. ${job.name} (${job.age ?? 'new'})`);
    return `Queue of ${this.jobs.length}:
  ${list.join(`
  `)}
  \`escaped\` \${not code} ${this.jobs.length > 1 ? `${this.jobs[0].name} first` : ''}`;
  }
}

function divide(a, b, c) {
  const half = a / 2 / b;
  const ratio = (a + b) / c;
  const first = [a, b][0] / c;
  return half / ratio / first; // a comment behind a division
}

function sizes(text) {
  if (/^\s*$/.test(text)) return 0;
  const parts = text.split(/[,;]\s*/).filter(Boolean);
  const found = text.match(/\d+/g)?.length ?? 0;
  return parts.length && /x/i.exec(text) ? parts.length : found;
}

function classify(value) {
  switch (typeof value) {
    case 'object':
      return value === null ? 'null' : value instanceof Array ? 'list' : 'object';
    case 'number':
    case 'bigint':
      return 'number';
    default:
      break;
  }
  outer: for (const key in { a: 1, 'b c': 2, [`d${1}`]: 3 }) {
    for (const item of [1, 2, 3]) {
      if (item === 2) continue outer;
      if (key === 'd1') break outer;
    }
  }
  do {
    var done = !value;
  } while (!done && false);
  delete value?.cache;
  return true;
}

let a = 1, b = a++ + ++a, c = ~a & 0xff ^ b << 2 >>> 1;
a ||= 2;
b ??= null;
c &&= a !== b;
const { x, y: { z = 3 } = {}, ...others } = JSON.parse('{"x": 1}');
const object = {
  x,
  'quoted-key': true,
  get total() { return this.x + z; },
  async load(file) { return String(await read(file, 'utf8')); },
  if: 1,
};
const tag = String.raw`C:\new\${'x'}`;
const fn = async function* named(o) { yield o?.deep?.[0]?.('call'); };
const debug = process.env.DEBUG === '1' && new.target === undefined;

(async () => {
  const queue = new Queue();
  queue.add(new Job('read', () => fs.readFile(path.join('.', 'a.txt'))));
  for await (const { job, value } of queue.results(3)) {
    console.log(job.name, value, divide(1, 2, 3), sizes('a, b'), classify([]));
  }
  if (debug) debugger;
  console.log(numbers, strings, patterns, object.total, others, tag, fn, c);
})().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
