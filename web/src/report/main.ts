// SPDX-License-Identifier: Apache-2.0
import { mount } from 'svelte';
import App from './App.svelte';
import { parseResults } from '../lib/contract/parse';
import '../lib/styles.css';

const element = document.getElementById('linchpin-results');
const target = document.getElementById('app');
if (target !== null)
  mount(App, { target, props: { parsed: parseResults(element?.textContent ?? '') } });
