/** Every English text of the window, a file a screen: a translation replaces these files and nothing else. Numbers and dates follow the system (numbers.ts). */
export { app } from './texts/app.ts';
export { charts } from './texts/charts.ts';
export * from './texts/numbers.ts';
export * from './texts/words.ts';
