import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { needsProc, processTree, processTreeMemory, watchTree } from '../support/processTree.ts';

/** Starts a process that starts another, which holds 150 MB and says so. */
const grandchild = 'const held = Buffer.alloc(150e6, 1); process.stdout.write(String(process.pid)); setInterval(() => held.length, 1000);';
const child = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}], { stdio: 'inherit' }); setInterval(() => 0, 1000);`;

test('the memory of a program counts what its children hold, and that of orphans in its group, until all have ended', needsProc, async () => {
  const program = spawn(process.execPath, ['-e', child], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const root = program.pid ?? -1;
  try {
    const watch = watchTree(root, 20);
    const [said] = (await once(program.stdout, 'data')) as [Buffer]; // its number, after it took the memory
    const grand = Number(said.toString());
    const whole = processTreeMemory(root);
    expect(whole.processes.map(({ pid }) => pid)).toEqual([grand, root]); // the largest first
    expect(whole.processes[0]?.anonymousBytes).toBeGreaterThan(150e6);
    expect(whole.anonymousBytes).toBe(whole.processes.reduce((sum, { anonymousBytes }) => sum + anonymousBytes, 0));
    for (const before = watch.samples(); watch.samples() <= before;) await pause(10);
    expect(watch.stop().peak.anonymousBytes).toBeGreaterThan(150e6);

    const ended = once(program, 'exit');
    process.kill(root, 'SIGKILL');
    await ended;
    expect(processTree(root)).toEqual([grand]);
    process.kill(grand, 'SIGKILL');
    await expect.poll(() => processTree(root)).toEqual([]);
    expect(processTreeMemory(root)).toEqual({ anonymousBytes: 0, processes: [] });
  } finally {
    if (processTree(root).length > 0) process.kill(-root, 'SIGKILL');
  }
});
