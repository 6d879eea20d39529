import * as v from 'valibot';
import { expect, test } from 'vitest';
import { Settings } from '../../../src-main/contract/areas/app.ts';

test('settings begin with what suits most, and take each of their choices', () => {
  const settings = { appearance: 'system', level: 'guided', motion: 'system', preferredRuntime: null, notifyAtEnd: true, keepAwake: true };
  expect(v.parse(Settings, {})).toEqual(settings);
  for (const change of [{ appearance: 'light' }, { appearance: 'dark' }, { level: 'expert' }, { motion: 'reduced' }, { preferredRuntime: 'r'.repeat(200) }])
    expect(v.parse(Settings, change)).toEqual({ ...settings, ...change });
  for (const change of [{ appearance: 'bright' }, { level: 'beginner' }, { motion: 'none' }, { preferredRuntime: 'r'.repeat(201) }, { keepAwake: 1 }])
    expect(v.is(Settings, change), JSON.stringify(change).slice(0, 40)).toBe(false);
});
