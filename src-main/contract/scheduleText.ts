/** Schedules in a few words: 'curriculum from 2 to 5'. */
import type { SchedulePlan } from './plan.ts';

export function scheduleText(schedule: SchedulePlan): string {
  switch (schedule.id) {
    case 'constant':
      return 'constant';
    case 'curriculum':
    case 'linear-decay':
    case 'cosine-decay':
      return `${schedule.id.replace('-', ' ')} from ${schedule.from} to ${schedule.to}`;
    case 'gated':
      return `gated from ${schedule.start}, x ${schedule.grow} or x ${schedule.shrink} within ${schedule.min} to ${schedule.max}`;
    default:
      return schedule satisfies never;
  }
}
