import { useEffect, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '../../lib/use-text.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import './wall.css';

/** Sizes of the letters on the wall, from a small room to a hall; see wall.css. */
const SIZES = 6;
const USUAL_SIZE = 2;

/** A page for a wall: nothing on it but words, one quiet corner, and the way to leave quickly. */
export function WallFrame({ back, children }: { back: string; children: ReactNode }) {
  const t = useText();
  const [size, setSize] = useState(USUAL_SIZE);

  useEffect(() => {
    const page = document.documentElement;
    page.classList.add('is-wall');
    return () => page.classList.remove('is-wall');
  }, []);

  return (
    <main className="wall" id="main" tabIndex={-1} data-size={size}>
      {children}
      <nav className="wall-corner" aria-label={t('wall.corner')}>
        <Link className={buttonClass('quiet')} to={back} replace>
          {t('wall.back')}
        </Link>
        <Button
          look="quiet"
          aria-label={t('wall.smaller')}
          aria-disabled={size === 0 || undefined}
          onClick={() => setSize((before) => Math.max(0, before - 1))}
        >
          <span aria-hidden="true">−</span>
        </Button>
        <Button
          look="quiet"
          aria-label={t('wall.bigger')}
          aria-disabled={size === SIZES - 1 || undefined}
          onClick={() => setSize((before) => Math.min(SIZES - 1, before + 1))}
        >
          <span aria-hidden="true">+</span>
        </Button>
      </nav>
    </main>
  );
}
