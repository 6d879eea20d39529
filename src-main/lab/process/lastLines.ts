/** Keeps the last lines of a text that arrives in pieces. */
export class LastLines {
  readonly #limit: number;
  #text = '';

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(piece: string): void {
    this.#text = (this.#text + piece)
      .split('\n')
      .slice(-this.#limit - 1)
      .join('\n')
      .slice(-100_000); // a line without an end must not fill the memory
  }

  get lines(): readonly string[] {
    return this.#text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(-this.#limit);
  }
}
