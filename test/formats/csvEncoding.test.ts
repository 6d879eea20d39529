/** Encodings found out from few words, as a table of cities and classes has them. */
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { encodings } from '../../src-main/contract/reading.ts';
import type { EncodingId } from '../../src-main/contract/reading.ts';
import { readTable } from '../../src-main/formats/tables/csv.ts';
import { TextSurvey } from '../../src-main/formats/tables/csvSurvey.ts';
import type { RawDataset, ReadOptions } from '../../src-main/formats/format.ts';
import { expectRefusal, plain } from './support.ts';

function table(text: string, encoding: EncodingId, options: ReadOptions = {}): RawDataset {
  return readTable('t.csv', iconv.encode(text, encoding === 'latin1' ? 'win1252' : encoding), options);
}

const texts: readonly (readonly [EncodingId, string])[] = [
  ['gb18030', '城市,温度,类别\n北京,15.7,热\n上海,23.1,冷\n'],
  ['gb18030', '姓名,等级\n张三,优\n李四,良\n'],
  ['gb18030', 'x,性别\n1,男\n2,女\n'],
  ['big5', '城市,溫度,類別\n臺北,15.7,熱\n高雄,23.1,冷\n'],
  ['big5', '姓名,等級\n陳大文,優\n李小明,良\n'],
  ['shift_jis', '都市,気温,種類\n東京,15.7,寒い\n大阪,23.1,暑い\n'],
  ['shift_jis', '名前,クラス\nたなか,りんご\nさとう,みかん\n'],
  ['euc-jp', '都市,気温,種類\n東京,15.7,寒い\n大阪,23.1,暑い\n'],
  ['euc-kr', '도시,기온,종류\n서울,15.7,추움\n부산,23.1,더움\n'],
  ['windows-1251', 'город,темп,класс\nМосква,14.3,холод\nОмск,1.2,тепло\n'],
  ['windows-1251', 'x,ответ\n1,да\n2,нет\n'],
  ['koi8-r', 'город,темп,класс\nМосква,14.3,холод\nОмск,1.2,тепло\n'],
  ['windows-1253', 'πόλη,θερμοκρασία\nΑθήνα,1\nΠάτρα,2\n'],
  ['windows-1255', 'עיר,טמפרטורה\nירושלים,1\nחיפה,2\n'],
  ['windows-1256', 'مدينة,حرارة\nالقاهرة,1\nبغداد,2\n'],
  ['windows-1250', 'miasto,x\nŁódź,1\nKraków,2\nGdańsk,3\n'],
  ['windows-1250', 'město,x\nPlzeň,1\nČeské Budějovice,2\nPříbram,1\n'],
  ['windows-1254', 'şehir,ısı\nİstanbul,1\nMuğla,2\nŞırnak,3\n'],
  ['latin1', 'name,city\nJosé,Málaga\nZoë,Liège\n'],
  ['latin1', 'prix,pays\n5 €,Côte d’Ivoire\n'],
  ['latin1', 'år,værdi\nGrønland,1\nTromsø,2\n'],
  ['latin1', 'temp,x\n20 °C,1\n21 °C,2\n'],
  ['latin1', 'Þórr,ð\nReykjavík,1\n'],
];

describe('encodings', () => {
  test.each(texts)('%s: %j is found out, and the same when it is told', (encoding, text) => {
    const [header = ''] = text.split('\n');
    const data = table(text, encoding);
    expect(data.columns.map(({ name }) => name)).toEqual(header.split(','));
    expect(data.found?.encoding).toBe(encoding);
    expect(data.notes[0]).toMatch(/^Encoding .+ \(sniffed\)\.$/);
    if (encoding !== 'latin1') expect(data.notes[1]).toBe('If letters look wrong, set the option encoding: files without a mark do not say it.');
    expect(plain(table(text, encoding, { encoding }))).toEqual(plain(data));
  });

  test('every encoding that can be told reads back what it wrote', () => {
    const letters: Readonly<Partial<Record<EncodingId, string>>> = { 'windows-1252': 'é€', latin1: 'é€', 'utf-8': '😀é', 'utf-16le': '😀é', 'utf-16be': '😀é' };
    for (const encoding of encodings) {
      const word = letters[encoding] ?? texts.find(([id]) => id === encoding)?.[1].split(/[,\n]/)[0] ?? '';
      expect(word, encoding).not.toBe('');
      expect(plain(table(`a,${word}\n1,${word}\n2,x\n`, encoding, { encoding })), encoding).toEqual({ a: [1, 2], [word]: [word, 'x'] });
    }
  });

  test('a byte that is no letter of the encoding is refused with its row, because two texts would become one', async () => {
    const bytes = Buffer.concat([iconv.encode('城市,x\n北京,1\n', 'gb18030'), Buffer.from([0xff, 0x2c, 0x32, 0x0a])]);
    await expectRefusal(
      () => readTable('t.csv', bytes, { encoding: 'gb18030' }),
      "t.csv, row 3: there is a byte that is no letter in GB18030, and different texts would become one. Set the option encoding to the file's own.",
    );
    await expectRefusal(
      () => readTable('t.csv', Buffer.from([0x61, 0x0a, 0x81, 0x0a]), { encoding: 'windows-1252' }),
      "t.csv, row 2: there is a byte that is no letter in Windows-1252, and different texts would become one. Set the option encoding to the file's own.",
    );
  });

  test('letters that first stand far below the beginning are enough', () => {
    const rows = Array.from({ length: 400_000 }, (_, i) => `${i},abcdefg\n`).join(''); // 6 MB before them
    expect(plain(table(`x,y\n${rows}1,Москва\n2,Омск\n`, 'windows-1251'))['y']?.slice(-2)).toEqual(['Москва', 'Омск']);
  });
});

test('a large file is found out wherever its pieces are cut', () => {
  for (let shift = 0; shift < 3; shift++) {
    const rows = Array.from({ length: 700_000 }, (_, i) => (i % 2 === 0 ? '北京,热\n' : '上海,冷\n')).join(''); // 9 letters of bytes a row, over 4 MiB
    const data = table(`${'x'.repeat(shift)}城市,类别\n${rows}`, 'gb18030');
    expect([data.found?.encoding, data.rows]).toEqual(['gb18030', 700_000]);
  }
});

describe('the survey', () => {
  test('says the same however the bytes are cut', () => {
    const piece = fc.constantFrom('a', ',', '\n', '\r\n', 'é', '温', '😀', 'ü,');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.option(fc.nat(100), { nil: null }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (pieces, damage, steps) => {
          const bytes = Buffer.from(pieces.join(''));
          if (damage !== null && bytes.length > 0) bytes[damage % bytes.length] = 0xff;
          const whole = surveyOf(bytes, [bytes.length]);
          const cut = surveyOf(bytes, steps);
          expect([cut.bytes, cut.lineFeeds, cut.invalid > 0, cut.firstInvalid, cut.isWhole, cut.head.equals(whole.head)]).toEqual([
            whole.bytes,
            whole.lineFeeds,
            whole.invalid > 0,
            whole.firstInvalid,
            true,
            true,
          ]);
        },
      ),
      { numRuns: 500 },
    );
  });
});

function surveyOf(bytes: Buffer, steps: readonly number[]): TextSurvey {
  const survey = new TextSurvey();
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = Math.max(1, steps[turn % steps.length] ?? 1);
    survey.push(bytes.subarray(at, at + length));
    at += length;
  }
  survey.end();
  return survey;
}
