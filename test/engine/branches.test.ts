import { expect, test } from 'vitest';
import { checkParams } from '../../src-main/contract/params.ts';
import { Branches } from '../../src-main/engine/branches.ts';
import { forkmerge } from '../../src-main/methods/forkmerge.ts';

test('the progress of a run with branches never falls and ends at its last step, whether or not that ends a whole round', () => {
  const params = checkParams('method forkmerge', forkmerge.params, { epochs: 1 });
  for (const totalSteps of [20, 25]) {
    const branches = new Branches({ method: forkmerge, params, taskCount: 3, stepsPerEpoch: 10, totalSteps, score: () => 0 }, new Map());
    const seen: number[] = [];
    for (let start = 0; start < totalSteps; start += 10) {
      const end = Math.min(start + 10, totalSteps);
      for (let branch = 0; branch < branches.count; branch++) for (let step = start; step < end; step++) seen.push(branches.done({ step, branch }));
    }
    seen.push(branches.done({ step: totalSteps, branch: 0 }));
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect([seen[0], seen.at(-1)]).toEqual([0, totalSteps]);
  }
});
