/** The runtimes that can be installed: which wheel holds TensorFlow for a variant on a platform, and what of it is needed. */
import { LabError } from '../contract/errors.ts';
import { program } from '../contract/programName.ts';

export type Variant = 'cpu' | 'cuda';
export const variants: readonly Variant[] = ['cpu', 'cuda'];

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
}

/** The TensorFlow release that the binding is tested against. */
export const tensorflowVersion = '2.21.0';

/** CPython versions with a wheel of this release. */
export const pythonsWithWheel: readonly string[] = ['3.10', '3.11', '3.12', '3.13'];

export interface Recipe {
  readonly name: string; // folder name of the runtime
  readonly variant: Variant;
  readonly version: string;
  readonly machine: Machine;
  readonly distribution: string; // as the package index names it
  readonly libraries: readonly string[]; // file names, in linking order
  readonly wheelPlatforms: readonly string[]; // for pip's --platform, most specific first
  readonly withNvidia: boolean; // the wheel's extra "and-cuda" is needed
  readonly downloadMiB: number; // about
  readonly installedMiB: number; // about
}

/** @throws LabError runtime-missing when TensorFlow publishes no wheel for the platform */
export function recipeFor(variant: Variant, machine: Machine): Recipe {
  const place = `${machine.platform}-${machine.arch}`;
  const base = { name: `tensorflow-${tensorflowVersion}-${variant}`, variant, version: tensorflowVersion, machine };
  const linux = { libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] };
  if (variant === 'cuda') {
    if (place !== 'linux-x64')
      throw new LabError(
        'runtime-missing',
        `The CUDA runtime exists for Linux on x64 with an NVIDIA GPU. This is ${place}; install the CPU runtime with: ${program} runtime install cpu`,
      );
    return { ...base, ...linux, distribution: 'tensorflow', wheelPlatforms: manylinux('x86_64'), withNvidia: true, downloadMiB: 3200, installedMiB: 5400 };
  }
  switch (place) {
    case 'linux-x64':
      return { ...base, ...linux, distribution: 'tensorflow-cpu', wheelPlatforms: manylinux('x86_64'), withNvidia: false, downloadMiB: 262, installedMiB: 815 };
    case 'linux-arm64':
      return { ...base, ...linux, distribution: 'tensorflow', wheelPlatforms: manylinux('aarch64'), withNvidia: false, downloadMiB: 260, installedMiB: 800 };
    case 'darwin-arm64': {
      const libraries = ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'];
      return { ...base, libraries, distribution: 'tensorflow', wheelPlatforms: ['macosx_12_0_arm64'], withNvidia: false, downloadMiB: 240, installedMiB: 900 };
    }
    default:
      throw new LabError('runtime-missing', `TensorFlow ${tensorflowVersion} is published for Linux (x64, arm64) and macOS (arm64). This is ${place}.`);
  }
}

/** NVIDIA's wheels carry older tags than TensorFlow's own. */
function manylinux(arch: string): readonly string[] {
  const glibc = ['_2_27', '_2_25', '_2_17', '2014', '_2_12', '2010'];
  return glibc.map((tag) => `manylinux${tag}_${arch}`);
}

/** Headers of the wheel that the binding's sources include, below tensorflow/include/. */
export const neededHeaders: readonly string[] = ['tensorflow/c/', 'tsl/', 'xla/tsl/', 'tensorflow/core/platform/'];
