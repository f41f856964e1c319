// SPDX-License-Identifier: Apache-2.0
// What the charts must know about the screen: dark or light, and whether we are being printed.
import { flushSync } from 'svelte';

export type Theme = 'system' | 'light' | 'dark';

class Screen {
  prefersDark = $state(false);
  /** What the reader chose; the system's wish unless they did. */
  theme = $state<Theme>('system');
  printing = $state(false);

  /** Paper is always light. */
  get dark(): boolean {
    const wanted = this.theme === 'system' ? this.prefersDark : this.theme === 'dark';
    return wanted && !this.printing;
  }

  choose(theme: Theme) {
    this.theme = theme;
    this.show();
  }

  /** The style sheet knows the theme by an attribute of the root; paper ignores it. */
  private show() {
    const wanted = this.theme === 'system' ? this.prefersDark : this.theme === 'dark';
    document.documentElement.dataset.theme = wanted ? 'dark' : 'light';
  }

  /** Starts listening; the answer stops it. */
  watch(): () => void {
    const scheme = window.matchMedia('(prefers-color-scheme: dark)');
    const readScheme = () => {
      this.prefersDark = scheme.matches;
      this.show();
    };
    // The browser takes the picture as soon as the event returns, so charts must be redrawn now.
    const before = () => flushSync(() => (this.printing = true));
    const after = () => (this.printing = false);
    readScheme();
    scheme.addEventListener('change', readScheme);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      scheme.removeEventListener('change', readScheme);
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }
}

export const screenState = new Screen();
