/** Starts the window: the client over the bridge, the state, the page. */
import { mount } from 'svelte';
import { createClient, type Transport } from '../src-main/contract/client.ts';
import App from './App.svelte';
import { Experiments } from './state/experiments.svelte.ts';
import './styles/theme.css';
import './styles/base.css';

declare global {
  interface Window {
    readonly auxlab: Transport; // preload.ts puts it there
  }
}

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element "app".');
mount(App, { target, props: { experiments: new Experiments(createClient(window.auxlab)) } });
