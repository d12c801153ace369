/** The script of the demo's pages, in the browser. */
import { openCallback } from './callback.ts';
import { openHome } from './home.ts';

if (document.body.dataset['page'] === 'home') openHome();
if (document.body.dataset['page'] === 'callback') openCallback();
