// SPDX-License-Identifier: Apache-2.0
// The address after # holds page and state: #/dependence?world=world-2011&buyer=CHN. A link to it
// shows the same again.

export const PAGES = [
  { name: 'overview', title: 'Overview' },
  { name: 'dependence', title: 'Dependence' },
  { name: 'scenario', title: 'Scenario' },
  { name: 'disruption', title: 'Disruption' },
  { name: 'equilibrium', title: 'Equilibrium' },
  { name: 'autonomy', title: 'Autonomy' },
  { name: 'leverage', title: 'Leverage' },
  { name: 'runs', title: 'Runs' },
] as const;

export type PageName = (typeof PAGES)[number]['name'];

export interface Place {
  page: PageName;
  params: Record<string, string>;
}

/** What every page shares; kept when the reader goes to another page. */
const SHARED = ['world'];

export function readPlace(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const page = PAGES.find(({ name }) => name === path)?.name ?? 'overview';
  return { page, params: Object.fromEntries(new URLSearchParams(query)) };
}

export function writePlace({ page, params }: Place): string {
  const kept = Object.entries(params).filter(([, value]) => value !== '');
  // Colons, commas and slashes stay readable; they need no escape in a fragment.
  const query = new URLSearchParams(kept)
    .toString()
    .replace(/%3A/gi, ':')
    .replace(/%2C/gi, ',')
    .replace(/%2F/gi, '/');
  return `#/${page}${query === '' ? '' : `?${query}`}`;
}

class Router {
  place = $state.raw<Place>({ page: 'overview', params: {} });

  /** Its own state: a parameter that changes must not open the page anew. */
  readonly page: PageName = $derived(this.place.page);

  /** A parameter of the page, or the text given. */
  param(name: string, otherwise = ''): string {
    return this.place.params[name] ?? otherwise;
  }

  /** A list, written with semicolons because labels may hold commas. */
  list(name: string): string[] {
    return this.param(name).split(';').filter(Boolean);
  }

  /** Address of another page, with what pages share. */
  href(page: PageName, params: Record<string, string> = {}): string {
    const shared = SHARED.flatMap((name) => {
      const value = this.place.params[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    return writePlace({ page, params: { ...Object.fromEntries(shared), ...params } });
  }

  go(page: PageName, params: Record<string, string> = {}) {
    location.hash = this.href(page, params);
  }

  /** Changes parameters of this page. `step` makes a step the reader can go back over. */
  set(patch: Record<string, string | null>, step = false) {
    const params = { ...this.place.params };
    for (const [name, value] of Object.entries(patch))
      if (value === null || value === '') delete params[name];
      else params[name] = value;
    const place = { page: this.place.page, params };
    const address = writePlace(place);
    // What changes nothing must wake nobody.
    if (address === writePlace(this.place) && address === location.hash) return;
    this.place = place;
    if (address === location.hash) return;
    if (step) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
  }

  /** Starts listening; the answer stops it. */
  watch(): () => void {
    const read = () => (this.place = readPlace(location.hash));
    read();
    window.addEventListener('hashchange', read);
    window.addEventListener('popstate', read);
    return () => {
      window.removeEventListener('hashchange', read);
      window.removeEventListener('popstate', read);
    };
  }
}

export const router = new Router();
