import { expect, test } from 'vitest';
import { escapeText } from '../../../src-main/report/charts/svg.ts';

test('texts are escaped', () => {
  expect(escapeText(`<a href="x">&'</a>\u0000`)).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&#39;&lt;/a&gt; ');
});
