// SPDX-License-Identifier: Apache-2.0
// What the charts must know about the screen: dark or light, and whether we are being printed.
import { flushSync } from 'svelte';

class Screen {
  prefersDark = $state(false);
  printing = $state(false);

  /** Paper is always light. */
  get dark(): boolean {
    return this.prefersDark && !this.printing;
  }

  /** Starts listening; the answer stops it. */
  watch(): () => void {
    const scheme = window.matchMedia('(prefers-color-scheme: dark)');
    const readScheme = () => (this.prefersDark = scheme.matches);
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
