/** Who a process is, so that another process can tell later whether it still lives. A process number alone is used again by the system. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  readonly started: string; // changes with every process that gets the number; '' where the system does not tell
}

const ended = 'ended';

/** Without a start mark (not Linux), or on another host, silence for this long counts as dead. */
const silenceMs = 120_000;

export function ownIdentity(): ProcessIdentity {
  return { host: hostname(), pid: process.pid, started: startMark(process.pid) };
}

/** Whether a process still lives. On another host only its heartbeat tells. */
export function isAlive(identity: ProcessIdentity, heartbeat: Date, now: Date): boolean {
  const isSilent = now.getTime() - heartbeat.getTime() > silenceMs;
  if (identity.host !== hostname()) return !isSilent;
  if (!exists(identity.pid)) return false;
  const mark = startMark(identity.pid);
  return mark !== '' && identity.started !== '' ? mark === identity.started : !isSilent;
}

/** Whether a process has this number now. One that has ended and whose parent has not asked yet is none. */
export function isRunning(pid: number): boolean {
  return exists(pid) && startMark(pid) !== ended;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'; // it lives, under another user
  }
}

/** Boot and start time in clock ticks (proc(5), field 22 of stat, counted after the name in parentheses); '' where there is no /proc. */
function startMark(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return ended; // a zombie: it ended, its parent has not asked yet
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19] ?? ''}`;
  } catch {
    return ''; // no /proc on this system, or the process ended meanwhile
  }
}
