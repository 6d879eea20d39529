/** Starts the window: the connection to the lab, what the screens share, the page. */
import { mount } from 'svelte';
import { createClient } from '../src-main/contract/client.ts';
import App from './App.svelte';
import { Workspace } from './state/workspace.svelte.ts';
import './styles/theme.css';
import './styles/base.css';
import './styles/charts.css';
import { connect } from './transport/connect.ts';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element "app".');
const { transport, ...connection } = connect();
const isMac = /mac/i.test(navigator.userAgent) && !/iphone|ipad/i.test(navigator.userAgent);
mount(App, { target, props: { workspace: new Workspace(createClient(transport), { isMac, keeper: localStorage, ...connection }) } });
