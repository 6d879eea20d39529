/** Inputs of every kind, and the parameters that a network trains on them. */
import type { InputShape } from '../../src-main/contract/inputShape.ts';
import { describeHead, describeTrunk } from '../../src-main/networks/describe.ts';
import type { Trunk } from '../../src-main/networks/network.ts';

export const table = (features: number): InputShape => ({ kind: 'table', shape: [features] });
export const image = (side: number, channels: number): InputShape => ({ kind: 'image', shape: [side, side, channels] });
export const sequence = (steps: number, features: number): InputShape => ({ kind: 'sequence', shape: [steps, features] });

export function trained(trunk: Trunk): number {
  return describeTrunk(trunk).parameters.trained;
}

export function headTrained(trunk: Trunk, depth: string, outputs: number): number {
  return describeHead(trunk, depth, outputs).parameters.trained;
}
