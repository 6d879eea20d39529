/** One process at a time: installations in a data directory, builds of the interface in a checkout.
 *  The owner touches the lock file while it works; a lock whose owner is gone is taken over. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, stat, unlink, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';

const beatMs = 5_000;
const staleMs = 60_000; // twelve beats missed: for owners on other hosts and for process ids given out again

const Owner = v.object({ token: v.string(), pid: v.pipe(v.number(), v.integer()), host: v.string() });
type Owner = v.InferOutput<typeof Owner>;

export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  readonly pollMs?: number;
  readonly onWait?: (ownerPid: number) => void; // once, when somebody else works
}

/** Waits for the lock. @returns the function that gives it back  @throws the signal's reason when aborted */
export async function takeLock(path: string, options: LockOptions = {}): Promise<() => Promise<void>> {
  await mkdir(dirname(path), { recursive: true });
  const mine: Owner = { token: randomUUID(), pid: process.pid, host: hostname() };
  let waited = false;
  while (!(await create(path, mine))) {
    options.signal?.throwIfAborted();
    const other = await readOwner(path);
    if (other === null) continue; // just given back
    if (await isStale(path, other)) {
      await takeAway(path, other);
      await sleep(1); // another process may be at it
      continue;
    }
    if (!waited) options.onWait?.(other.pid);
    waited = true;
    await sleep(options.pollMs ?? 500, undefined, { signal: options.signal });
  }
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), beatMs); // a missed beat does no harm by itself
  beat.unref();
  return async () => {
    clearInterval(beat);
    if ((await readOwner(path))?.token === mine.token) await unlink(path);
  };
}

/** The file appears with its content or not at all. */
async function create(path: string, owner: Owner): Promise<boolean> {
  const draft = `${path}.${owner.token}`;
  const file = await open(draft, 'wx');
  await file.writeFile(JSON.stringify(owner));
  await file.close();
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await unlink(draft);
  }
}

async function readOwner(path: string): Promise<Owner | null> {
  try {
    const text = await readFile(path, 'utf8');
    const owner = v.safeParse(Owner, JSON.parse(text));
    return owner.success ? owner.output : unreadableOwner;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    if (error instanceof SyntaxError) return unreadableOwner;
    throw error;
  }
}

/** A lock file that nobody of this program wrote: stale when it is old. */
const unreadableOwner: Owner = { token: '', pid: 0, host: '' };

async function isStale(path: string, owner: Owner): Promise<boolean> {
  return (owner.host === hostname() && !isAlive(owner.pid)) || isOld(path);
}

/** Two waiting processes may both find the lock stale, and the later one must not remove the lock that the earlier one has since taken. So one process
 *  at a time looks again and removes: whoever makes the file beside the lock. */
async function takeAway(path: string, stale: Owner): Promise<void> {
  const claim = `${path}.claim`;
  try {
    await (await open(claim, 'wx')).close();
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    if (await isOld(claim)) await removeIfThere(claim); // its process ended in these few steps
    return;
  }
  try {
    if ((await readOwner(path))?.token === stale.token) await removeIfThere(path);
  } finally {
    await removeIfThere(claim);
  }
}

async function isOld(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > staleMs;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false;
    throw error;
  }
}

async function removeIfThere(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (!isCode(error, 'ENOENT')) throw error;
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM'); // alive, of another user
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
