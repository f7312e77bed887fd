/** Comes before the window's own script: puts the made-up office where the preload would put the core. */
import { createFakeKense, type FakeOffice, type FakeOptions } from './fake-kense.ts';

declare global {
  interface Window {
    /** Read before the window starts; set by an init script or the address (`?{"signedIn":"judge"}`). */
    fakeOptions?: FakeOptions;
    fakeOffice: FakeOffice;
  }
}

const given = decodeURIComponent(location.search.slice(1));
const { kense, office } = createFakeKense(window.fakeOptions ?? (given.startsWith('{') ? (JSON.parse(given) as FakeOptions) : {}));
Object.defineProperty(window, 'kense', { value: kense });
window.fakeOffice = office;
