/** Guesses the encoding of text that is neither UTF-8 nor UTF-16. chardet knows how often letters follow each other in many languages, but a table has few
 *  words: its candidates count only where the bytes make letters that people use, and decide between those that do. */
import chardet from 'chardet';
import iconv from 'iconv-lite';
import type { EncodingId } from '../../contract/reading.ts';

interface Candidate {
  readonly id: EncodingId;
  readonly score: number; // 0 to 1: how ordinary its letters are
}

const chardetNames: Readonly<Record<string, EncodingId>> = {
  GB18030: 'gb18030',
  Big5: 'big5',
  Shift_JIS: 'shift_jis',
  'EUC-JP': 'euc-jp',
  'EUC-KR': 'euc-kr',
  'windows-1250': 'windows-1250',
  'ISO-8859-2': 'windows-1250',
  'windows-1251': 'windows-1251',
  'windows-1253': 'windows-1253',
  'ISO-8859-7': 'windows-1253',
  'windows-1254': 'windows-1254',
  'ISO-8859-9': 'windows-1254',
  'windows-1255': 'windows-1255',
  'ISO-8859-8': 'windows-1255',
  'windows-1256': 'windows-1256',
  'ISO-8859-6': 'windows-1256',
  'KOI8-R': 'koi8-r',
};

/** @param bytes lines with letters beyond ASCII */
export function guessEncoding(bytes: Buffer): EncodingId {
  if (isWestern(bytes)) return westernKind(bytes);
  const trust = new Map<EncodingId, number>();
  for (const { name, confidence } of chardet.analyse(bytes)) {
    const id = chardetNames[name];
    if (id !== undefined) trust.set(id, Math.max(trust.get(id) ?? 0, confidence / 100));
  }
  const candidates = [...eastAsian(bytes), ...alphabets(bytes)].map(({ id, score }) => ({ id, score: score + 0.25 * (trust.get(id) ?? 0) }));
  const best = candidates.reduce<Candidate>((a, b) => (b.score > a.score + 1e-9 ? b : a), { id: 'latin1', score: 0.5 });
  return best.id;
}

/** Western words have ASCII letters between the others; in other scripts whole words lie beyond ASCII. */
function isWestern(bytes: Buffer): boolean {
  const text = decoded(bytes, 'windows-1252');
  const words = text.match(/[A-Za-z\u0080-\uFFFF]+/g)?.filter((word) => /[\u0080-\uFFFF]/.test(word)) ?? [];
  const beyond = words.join('').match(/[\u0080-\uFFFF]/g) ?? [];
  const letters = beyond.filter((letter) =>
    /[\p{L}\u20AC\u2018-\u201E\u2013\u2014\u2026\u00B0\u00B5\u00A3\u00A9\u00AE\u2122%\u00AB\u00BB\u00B1\u00B2\u00B3]/u.test(letter),
  ).length;
  const total = words.reduce((sum, { length }) => sum + length, 0);
  const single = words.filter((word) => word.length === 1).length; // '5 €' and '20 °'
  if (single === words.length)
    return words.every((word) => /[\u20AC\u00B0\u00B5\u00A3\u00A9\u00AE\u00E0-\u00E9\u00B1\u00B2\u00B3\u00A7]/.test(word)) || new Set(words).size < 2;
  return beyond.length / total <= 0.6 && letters >= 0.7 * beyond.length;
}

/** Latin-1 unless letters say Central European or Turkish. */
function westernKind(bytes: Buffer): EncodingId {
  const inWords = (id: EncodingId): number =>
    (
      decoded(bytes, id).match(
        /(?<=\p{L})[^\p{L}\s\p{P}\d](?=\p{L})|(?<=^|[\s,;"])[\u00A3\u00A5\u00BC\u00BE\u00BF\u00A1\u00AF](?=\p{Ll})|(?<=\p{Ll})[\u00B9\u00B3\u00BF\u00BE](?=[\s,;"]|\p{Ll})/gu,
      ) ?? []
    ).length;
  const central = inWords('windows-1250');
  const western = inWords('windows-1252');
  const text = decoded(bytes, 'windows-1252');
  if (western > central && !decoded(bytes, 'windows-1250').includes('\uFFFD')) return 'windows-1250';
  const turkish = text.match(/[\u00D0\u00F0\u00DD\u00FD\u00DE\u00FE]/g)?.length ?? 0;
  if (turkish > 0 && /[\u00FC\u00F6\u00E7\u00DC\u00D6\u00C7\u00FD\u00FE]/.test(text) && !/[\u00E1\u00E9\u00ED\u00F3\u00FA\u00E6\u00F8]/.test(text))
    return 'windows-1254';
  // Czech and its neighbours: letters that stand for Western ones, at least three, and one of those that hardly stand there.
  const czech = new Set(decoded(bytes, 'windows-1250').match(/[\u011B\u0161\u010D\u0159\u017E\u016F\u010F\u0165\u0148\u0160\u017D\u010C\u0158]/g) ?? []);
  const isCzech = czech.size >= 3 && (/[\u0161\u017E\u0160\u017D]/.test([...czech].join('')) || (czech.has('\u0159') && !/[\u00E5\u00E6]/.test(text)));
  return isCzech || text.includes('\uFFFD') ? 'windows-1250' : 'latin1';
}

/** Encodings of two bytes a letter: valid from the first byte to the last, and made of letters that are in common use. */
function eastAsian(bytes: Buffer): Candidate[] {
  const ids = ['gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr'] as const;
  const found = ids.flatMap((id) => {
    const letters = lettersOf(bytes, id);
    if (letters === null || letters.length === 0) return [];
    const codes = letters.map((letter) => iconv.encode(letter, id));
    const common = codes.filter((code) => isCommon(id, code[0] ?? 0, code[1] ?? 0)).length;
    return [{ id, letters, score: common / letters.length }];
  });
  const japanese = found.some(({ id, letters }) => id === 'euc-jp' && letters.filter((letter) => /[\u3040-\u30FF]/.test(letter)).length > letters.length / 10);
  return found.filter(({ score }) => score >= 0.75).map(({ id, letters, score }) => ({ id, score: score + bonus(id, letters, japanese) }));
}

/** GBK, EUC-KR and EUC-JP use the same bytes. Chinese is commonest; Korean uses a part of the leading bytes alone, Japanese has kana. */
function bonus(id: EncodingId, letters: readonly string[], isJapanese: boolean): number {
  if (id === 'euc-jp') return isJapanese ? 0.3 : -0.1;
  if (id === 'euc-kr') return letters.length >= 6 ? 0.1 : -0.02;
  return id === 'gb18030' && !isJapanese ? 0.05 : 0;
}

function isCommon(id: EncodingId, lead: number, trail: number): boolean {
  switch (id) {
    case 'gb18030':
      return trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3)); // level 1 of GB 2312
    case 'big5':
      return lead >= 0xa1 && lead <= 0xc6; // level 1
    case 'shift_jis':
      return (lead >= 0x81 && lead <= 0x83) || (lead >= 0x88 && lead <= 0x97); // kana, level 1 of JIS X 0208
    case 'euc-jp':
      return (lead >= 0xa1 && lead <= 0xa5) || (lead >= 0xb0 && lead <= 0xcf);
    default:
      return (lead >= 0xa1 && lead <= 0xa3) || (lead >= 0xb0 && lead <= 0xc8); // Hangul
  }
}

const scripts: readonly { readonly id: EncodingId; readonly letter: RegExp; readonly frequent: string }[] = [
  { id: 'windows-1251', letter: /[\u0410-\u044F\u0401\u0451\u0404\u0406\u0407\u0454\u0456\u0457\u0490\u0491]/, frequent: 'оеаинтсрвлкмдпу' },
  { id: 'koi8-r', letter: /[\u0410-\u044F\u0401\u0451]/, frequent: 'оеаинтсрвлкмдпу' },
  { id: 'windows-1253', letter: /[\u0386-\u03CE]/, frequent: 'αοιετσνηυρπκμλωάόίέ' },
  { id: 'windows-1255', letter: /[\u05D0-\u05EA]/, frequent: 'יוהלאמרתבשנ' },
  { id: 'windows-1256', letter: /[\u0621-\u064A]/, frequent: 'اليمونرتبةعدس' },
];

/** Alphabets of one byte a letter: letters of the script, the frequent ones often, and no capital behind a small letter. */
function alphabets(bytes: Buffer): Candidate[] {
  return scripts.flatMap(({ id, letter, frequent }) => {
    const text = decoded(bytes, id);
    const beyond = text.match(/[\u0080-\uFFFF]/g) ?? [];
    const letters = beyond.filter((one) => letter.test(one));
    if (letters.length === 0 || text.includes('\uFFFD')) return [];
    const usual = letters.filter((one) => frequent.includes(one.toLowerCase())).length / letters.length;
    const capitals = (text.match(/\p{Ll}\p{Lu}|\p{Lu}\p{Lu}\p{Ll}|(?<!\p{L})\p{Lu}(?!\p{L})/gu) ?? []).length;
    const share = letters.length / beyond.length;
    return share < 0.8 ? [] : [{ id, score: 0.5 * share + 0.5 * Math.min(1, usual / 0.7) - Math.min(0.6, (2 * capitals) / letters.length) }];
  });
}

/** The letters beyond ASCII; null when some bytes make none. */
function lettersOf(bytes: Buffer, id: EncodingId): string[] | null {
  const text = decoded(bytes, id);
  return /[\uFFFD\uE000-\uF8FF\u0080-\u009F]/.test(text) ? null : (text.match(/[\u0080-\u{10FFFF}]/gu) ?? []);
}

function decoded(bytes: Buffer, id: EncodingId): string {
  return iconv.decode(bytes, id);
}
