// SPDX-License-Identifier: Apache-2.0
import { mount } from 'svelte';
import '../lib/styles.css';
import './app.css';
import App from './App.svelte';

const target = document.getElementById('app');
if (target !== null) mount(App, { target });
