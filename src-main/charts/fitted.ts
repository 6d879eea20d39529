/** Texts that must not be wider than their place in a drawing. Pure. */
import { cutMiddle } from '../contract/cutName.ts';

const meanWidth = 0.56; // of a character in the charts' font, in font sizes

/** About how wide a text is in the charts' font. */
export function textWidth(text: string, fontSize: number): number {
  return text.length * fontSize * meanWidth;
}

/** A text cut to a width, with an ellipsis in its middle. */
export function fitted(text: string, width: number, fontSize: number): string {
  return cutMiddle(text, mostCharacters(width, fontSize));
}

/** Names that stand in one chart: where they are too long, what they begin with alike gives way, so that they stay told apart. */
export function fittedNames(names: readonly string[], width: number, fontSize: number): string[] {
  const most = mostCharacters(width, fontSize);
  const cut = new Map(shortened([...new Set(names.filter((name) => name.length > most))], most, 0));
  return names.map((name) => cut.get(name) ?? name);
}

function mostCharacters(width: number, fontSize: number): number {
  return Math.max(4, Math.floor(width / (fontSize * meanWidth)));
}

/** @param names distinct  @param known how many characters they are known to have in common */
function shortened(names: readonly string[], most: number, known: number): (readonly [name: string, cut: string])[] {
  const shared = names.length < 2 ? 0 : commonLength(names);
  const least = Math.max(3, Math.floor(most / 4));
  const lead = Math.max(least, most - 1 - Math.max(...names.map((name) => name.length - shared))); // as much of the beginning as the ends leave
  if (shared <= least + 1 || shared <= known) return names.map((name) => [name, cutMiddle(name, most)]);
  const pieces = names.map((name) => [name, `${name.slice(0, lead).trimEnd()}…${cutEnd(name.slice(shared), most - lead - 1)}`] as const);
  // some may share more than all do
  return [...new Set(pieces.map(([, piece]) => piece))].flatMap((piece) => {
    const alike = pieces.filter(([, other]) => other === piece);
    return alike.length < 2
      ? alike
      : shortened(
          alike.map(([name]) => name),
          most,
          shared,
        );
  });
}

/** Up to the last beginning of a word, so that numbers are not cut in two. */
function commonLength(names: readonly string[]): number {
  const [first = ''] = names;
  let length = 0;
  while (length < first.length && names.every((name) => name[length] === first[length])) length++;
  return first.slice(0, length).lastIndexOf(' ') + 1;
}

function cutEnd(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}
