import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import './tabs.css';

export interface TabItem<Key extends string> {
  key: Key;
  label: string;
}

export interface TabsProps<Key extends string> {
  label: string;
  items: readonly TabItem<Key>[];
  chosen: Key;
  onChoose: (key: Key) => void;
  children: ReactNode;
}

/** Arrow keys follow the reading direction, Home and End jump, as in the ARIA authoring practices. */
export function Tabs<Key extends string>({ label, items, chosen, onChoose, children }: TabsProps<Key>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);

  const onKeyDown = (event: KeyboardEvent) => {
    const at = items.findIndex((item) => item.key === chosen);
    const forwards = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backwards = forwards === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const to =
      event.key === forwards
        ? (at + 1) % items.length
        : event.key === backwards
          ? (at + items.length - 1) % items.length
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? items.length - 1
              : null;
    const next = to === null ? undefined : items[to];
    if (to === null || next === undefined) return;
    event.preventDefault();
    onChoose(next.key);
    (list.current?.children[to] as HTMLElement | undefined)?.focus();
  };

  return (
    <>
      <div className="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
        {items.map((item) => (
          <button
            key={item.key}
            type="button"
            role="tab"
            className="tab"
            id={`${id}-${item.key}`}
            aria-selected={item.key === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={item.key === chosen ? 0 : -1}
            onClick={() => onChoose(item.key)}
          >
            {item.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`} className="stack">
        {children}
      </div>
    </>
  );
}
