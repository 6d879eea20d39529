/** What window and report draw, as lists of shapes and labels that can be compared. */
import type { Component } from 'svelte';
import type * as Server from 'svelte/server';
import { windowModules } from '../renderer/windowModules.ts';

export const usualWidth = 720; // what the window takes on a server

/** For a test file's beginning.  @returns what a component of the window draws at its usual width: no element is measured on a server */
export async function windowCharts(): Promise<(name: string, props: Record<string, unknown>) => Promise<string>> {
  const load = await windowModules();
  const { render } = await load<typeof Server>('svelte/server');
  return async (name, props) => {
    const { default: component } = await load<{ readonly default: Component<Record<string, unknown>> }>(`/charts/${name}.svelte`);
    return (await render(component, { props })).body;
  };
}

/** What stands where: every shape with its classes and places in tenths, as the report writes them, and the labels of axes and rows. */
export function outlines(svg: string): string[] {
  const tenths = (text: string): string => text.replace(/-?\d+\.\d+/g, (number) => String(Math.round(Number(number) * 10) / 10));
  const shapes = [...svg.matchAll(/<(path|rect|circle|line) ([^>]*)>/g)].map(([, kind = '', attributes = '']) => {
    const of = (name: string): string => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
    const names = of('class').split(' ');
    const classes = names.filter((name) => name !== '' && !/^svelte-|^false$/.test(name)).sort();
    const places = ['d', 'x', 'y', 'width', 'height', 'cx', 'cy', 'x1', 'x2', 'y1', 'y2', 'transform'].map((name) => tenths(of(name)));
    return [...classes, kind, ...places.filter((place) => place !== '')].join(' ');
  });
  const texts = [...svg.matchAll(/<text [^>]*class="(?:tick|row-title|row-value)[^>]*>([^<]*)</g)].map(([, text = '']) => text);
  return [...shapes, ...texts].sort();
}
