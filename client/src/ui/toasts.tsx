import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { Button } from './button.tsx';
import './toasts.css';

/** Long enough to read two lines. */
const TOAST_MS = 5_000;

/** Also to reach for the button: WCAG 2.2.1 asks for no less where something can be undone. */
const ACTION_TOAST_MS = 20_000;

interface Toast {
  id: number;
  text: string;
  action: { label: string; run: () => void } | undefined;
}

type ShowToast = (text: string, action?: { label: string; run: () => void }) => void;

const ToastContext = createContext<ShowToast>(() => undefined);

export const useToast = (): ShowToast => useContext(ToastContext);

export interface ToastProviderProps {
  closeLabel: string;
  /** Where the person is; what was said about another place, and what could be undone there, is dropped. */
  place: string;
  children: ReactNode;
}

export function ToastProvider({ closeLabel, place, children }: ToastProviderProps) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const [shownPlace, setShownPlace] = useState(place);
  if (shownPlace !== place) {
    setShownPlace(place);
    setToasts([]);
  }
  const nextId = useRef(0);
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());

  const close = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const show = useCallback<ShowToast>(
    (text, action) => {
      const id = ++nextId.current;
      setToasts((all) => [...all.slice(-1), { id, text, action }]);
      const timer = setTimeout(
        () => {
          timers.current.delete(timer);
          close(id);
        },
        action ? ACTION_TOAST_MS : TOAST_MS,
      );
      timers.current.add(timer);
    },
    [close],
  );

  useEffect(() => {
    const running = timers.current;
    return () => running.forEach(clearTimeout);
  }, []);

  return (
    <ToastContext value={show}>
      {children}
      <div className="toasts" role="status" aria-live="polite" data-react-aria-top-layer="true">
        {useMemo(
          () =>
            toasts.map(({ id, text, action }) => (
              <div className="toast" key={id}>
                <span>{text}</span>
                {action && (
                  <Button
                    onClick={() => {
                      action.run();
                      close(id);
                    }}
                  >
                    {action.label}
                  </Button>
                )}
                <Button aria-label={closeLabel} onClick={() => close(id)}>
                  <span aria-hidden="true">✕</span>
                </Button>
              </div>
            )),
          [toasts, close, closeLabel],
        )}
      </div>
    </ToastContext>
  );
}
