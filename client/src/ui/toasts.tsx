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

/** Long enough to read two lines and reach for the button; WCAG 2.2.1 asks for no less than 20 s where something can be undone. */
const TOAST_MS = 20_000;

interface Toast {
  id: number;
  text: string;
  action: { label: string; run: () => void } | undefined;
}

type ShowToast = (text: string, action?: { label: string; run: () => void }) => void;

const ToastContext = createContext<ShowToast>(() => undefined);

export const useToast = (): ShowToast => useContext(ToastContext);

export function ToastProvider({ closeLabel, children }: { closeLabel: string; children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const nextId = useRef(0);
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());

  const close = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const show = useCallback<ShowToast>(
    (text, action) => {
      const id = ++nextId.current;
      setToasts((all) => [...all.slice(-1), { id, text, action }]);
      const timer = setTimeout(() => {
        timers.current.delete(timer);
        close(id);
      }, TOAST_MS);
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
