/** The data sets that come with the program: sample:NAME stands for one wherever a data source is named. Where they lie is in data/samples.ts. */
import { unknownName } from './errors.ts';

export interface Sample {
  readonly id: string;
  readonly title: string;
  readonly sentence: string;
  readonly main: string; // suggested main target
  readonly auxiliaries: readonly string[]; // suggested auxiliary targets
  readonly licence: string;
  readonly source: string;
  readonly entry: string; // what the reader opens, relative to the samples' folder
}

export const samples: readonly Sample[] = [
  {
    id: 'fashion-mnist',
    title: 'Fashion-MNIST, 12,000 images',
    sentence: 'Grey images of clothes, 28 by 28 pixels, in ten kinds; the second label is the coarse group (tops, shoes, ...).',
    main: 'label',
    auxiliaries: ['group'],
    licence: 'MIT',
    source: 'Xiao, Rasul and Vollgraf 2017, Zalando Research',
    entry: 'fashion-mnist',
  },
  {
    id: 'digits',
    title: 'Handwritten digits, 1,797 images',
    sentence: 'Grey images of handwritten digits, 8 by 8 pixels; further labels say whether the digit is odd or even, small or large.',
    main: 'digit',
    auxiliaries: ['parity', 'size'],
    licence: 'CC BY 4.0',
    source: 'Alpaydin and Kaynak 1998, UCI Machine Learning Repository',
    entry: 'digits',
  },
  {
    id: 'auto-mpg',
    title: 'Fuel use of 392 cars',
    sentence: 'A table of cars from 1970 to 1982: miles per gallon from engine, weight and origin; acceleration is the second number to predict.',
    main: 'mpg',
    auxiliaries: ['acceleration', 'origin'],
    licence: 'CC BY 4.0',
    source: 'Quinlan 1993, UCI Machine Learning Repository',
    entry: 'auto-mpg/auto-mpg.csv',
  },
  {
    id: 'japanese-vowels',
    title: 'Japanese vowels, 640 sequences',
    sentence: 'Nine speakers say "ae": sequences of 7 to 29 time steps with 12 coefficients each; the label is the speaker.',
    main: 'class',
    auxiliaries: [],
    licence: 'CC BY 4.0',
    source: 'Kudo, Toyama and Shimbo 1999, UCI Machine Learning Repository',
    entry: 'japanese-vowels',
  },
];

const prefix = 'sample:';

/** Whether a data source is one of the bundled samples: sample:NAME. */
export function isSample(source: string): boolean {
  return source.startsWith(prefix);
}

/** @param name with or without "sample:"     @throws LabError bad-input with the nearest names */
export function sampleOf(name: string): Sample {
  const id = isSample(name) ? name.slice(prefix.length) : name;
  const sample = samples.find((candidate) => candidate.id === id);
  if (sample !== undefined) return sample;
  throw unknownName(
    'sample',
    id,
    samples.map((candidate) => candidate.id),
  );
}
