/** Where the person is: a screen, and the experiment it shows. Kept in the address, so that reload, back and forward work. */

export const screens = ['start', 'data', 'design', 'run', 'compare', 'report', 'settings'] as const;
export type Screen = (typeof screens)[number];

export interface Place {
  readonly screen: Screen;
  readonly experimentId: string | null;
}

/** '#/compare/ID' and back; what is not a place is the start. */
export function placeOf(hash: string): Place {
  const [screen = '', id = ''] = hash.replace(/^#\/?/, '').split('/');
  const known = screens.find((name) => name === screen);
  return { screen: known ?? 'start', experimentId: /^[a-z0-9][a-z0-9-]{0,63}$/.test(id) ? id : null };
}

export function hashOf({ screen, experimentId }: Place): string {
  return `#/${screen}${experimentId === null ? '' : `/${experimentId}`}`;
}

export class Navigation {
  #place = $state.raw<Place>({ screen: 'start', experimentId: null });
  readonly screen = $derived(this.#place.screen);
  readonly experimentId = $derived(this.#place.experimentId);

  /** Follows the address.  @returns the stop */
  start = (): (() => void) => {
    const follow = (): void => {
      this.#place = placeOf(location.hash);
    };
    follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  };

  /** @param experimentId undefined: the one that is shown stays */
  go = (screen: Screen, experimentId?: string | null): void => {
    const place = { screen, experimentId: experimentId === undefined ? this.#place.experimentId : experimentId };
    if (hashOf(place) === hashOf(this.#place)) return;
    this.#place = place;
    if (typeof location !== 'undefined') location.hash = hashOf(place);
  };

  /** Goes there without a step in the history: the place was only completed. */
  replace = (screen: Screen, experimentId: string): void => {
    this.#place = { screen, experimentId };
    if (typeof history !== 'undefined') history.replaceState(null, '', hashOf(this.#place));
  };
}
