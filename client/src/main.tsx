import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { PASSED } from './app/forget-person.ts';
import { startLocale } from './app/locale-store.ts';
import './ui/tokens.css';
import './ui/base.css';
import './ui/top.css';
import './ui/controls.css';
import './ui/layout.css';
import './app/app.css';

const element = document.getElementById('root');
if (element !== null) {
  startLocale();
  const root = createRoot(element);
  root.render(<App />);
  // exit.ts has blanked the page already; what is on screen holds words.
  window.addEventListener('longtable:leave', () => root.unmount(), { once: true });
  window.addEventListener(PASSED, () => root.unmount(), { once: true });
}
