/** What a person reads of a forecast: how long it takes, and what would take less. */
import type { Forecast, Smaller } from '../../contract/forecast.ts';

/** How the same comparison is asked for in less time: options of a command, keys of a plan file, or not at all. */
export type Offer = 'options' | 'plan' | 'none';

/** One sentence each. */
export function forecastText({ ms, bound, runs, device, smaller }: Forecast, offer: Offer): string[] {
  const what = `${runs} ${runs === 1 ? 'run' : 'runs'}${device === null ? '' : ` on the ${device}`}`;
  const how = bound === 'more-than' ? 'in ten seconds of trying not one step came to its end' : 'a few steps were timed and thrown away';
  return [`Training takes ${roughTime({ ms, bound })}: ${what}; ${how}.`, ...(smaller === null || offer === 'none' ? [] : [smallerText(smaller, offer)])];
}

function smallerText(smaller: Smaller, offer: 'options' | 'plan'): string {
  const time = roughTime({ ms: smaller.ms, bound: 'about' });
  if (smaller.kind === 'epochs')
    return `With fewer epochs it takes ${time}: ${offer === 'options' ? `--epochs ${smaller.epochs}` : `"epochs": ${smaller.epochs}`}`;
  const { layers, units } = smaller;
  const given =
    offer === 'options' ? `--network mlp:layers=${layers},units=${units}` : `"network": { "id": "mlp", "params": { "layers": ${layers}, "units": ${units} } }`;
  return `A smaller network takes ${time}, and the verdict is then about that one: ${given}`;
}

/** 'about 25 min', 'more than 3 h', 'at most 40 s', as exact as a forecast can be. */
export function roughTime({ ms, bound }: Pick<Forecast, 'ms' | 'bound'>): string {
  const words = bound === 'about' ? 'about' : bound === 'at-most' ? 'at most about' : 'more than';
  const seconds = ms / 1000;
  const round = (value: number, step: number): number => Math.max(step, Math.round(value / step) * step);
  if (seconds < 57.5) return `${words} ${round(seconds, 5)} s`;
  const minutes = seconds / 60;
  if (minutes < 9.75) return `${words} ${round(minutes, 0.5)} min`;
  if (minutes < 92.5) return `${words} ${round(minutes, minutes < 57.5 ? 1 : 5)} min`;
  const hours = minutes / 60;
  return hours < 47.5 ? `${words} ${round(hours, hours < 9.75 ? 0.5 : 1)} h` : `${words} ${round(hours / 24, 1)} days`;
}
