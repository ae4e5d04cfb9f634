import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startLocale } from './app/locale-store.ts';
import { LEAVE, PASSED } from './lib/page-events.ts';
import './ui/tokens.css';
import './ui/base.css';
import './ui/top.css';
import './ui/button.css';
import './ui/form.css';
import './ui/signs.css';
import './ui/layout.css';
import './app/app.css';

const element = document.getElementById('root');
if (element !== null) {
  startLocale();
  const root = createRoot(element);
  root.render(<App />);
  // exit.ts has blanked the page already; what is on screen holds words.
  window.addEventListener(LEAVE, () => root.unmount(), { once: true });
  window.addEventListener(PASSED, () => root.unmount(), { once: true });
}
