// SPDX-License-Identifier: Apache-2.0
// The theme the reader chose, kept by the browser. A browser that keeps nothing follows the system.
import type { Theme } from '../../lib/state/screen.svelte';

const KEY = 'linchpin-theme';

export function readTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}

export function keepTheme(theme: Theme) {
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}
