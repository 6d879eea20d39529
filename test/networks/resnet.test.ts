import { expect, test } from 'vitest';
import { describeTrunk } from '../../src-main/networks/describe.ts';
import { network } from '../../src-main/networks/index.ts';
import { headTrained, image, trained } from './counts.ts';

test('resnet with depth 3 is ResNet-20 with projections: 269,722 + 2,752', () => {
  // He et al. 2016, table 6 (0.27 M): 432 + 32, 13824 + 192, 50688 + 384, 202752 + 768, 650. Projections: 16 x 32 + 64, 32 x 64 + 128.
  const trunk = network('resnet').build(image(32, 3), { depth: 3 });
  expect(trained(trunk) + headTrained(trunk, 'end', 10)).toBe(272474);
  expect(describeTrunk(trunk).parameters.states).toBe(2 * (16 + 6 * 16 + 6 * 32 + 32 + 6 * 64 + 64)); // a mean and a variance for each channel
});

test('suggested depths leave the last one to the main head', () => {
  expect(network('resnet').build(image(32, 3), {}).suggestedDepths(2)).toEqual(['stage1', 'stage2']);
});
