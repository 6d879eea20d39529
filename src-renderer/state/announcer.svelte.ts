/** What a screen reader is told of progress: at most one sentence in ten seconds, the newest; urgent ones at once. */

const quietMs = 10_000;

export class Announcer {
  text = $state('');
  #waiting: string | null = null;
  #lastAt = -Infinity;
  #isTimed = false;
  readonly #now: () => number;
  readonly #later: (work: () => void, ms: number) => void;

  constructor(now: () => number = Date.now, later: (work: () => void, ms: number) => void = (work, ms) => void setTimeout(work, ms)) {
    this.#now = now;
    this.#later = later;
  }

  say = (text: string, isUrgent = false): void => {
    if (text === '' || text === this.text) return;
    const wait = this.#lastAt + quietMs - this.#now();
    if (isUrgent || wait <= 0) {
      this.#waiting = null;
      this.#lastAt = this.#now();
      this.text = text;
      return;
    }
    this.#waiting = text;
    if (this.#isTimed) return;
    this.#isTimed = true;
    this.#later(() => {
      this.#isTimed = false;
      if (this.#waiting !== null) this.say(this.#waiting, true);
    }, wait);
  };
}
