import {
  addRow,
  liftRow,
  putBackRow,
  removeRow,
  restoreRow,
  type RowsField,
} from '@longtable/shared/documents/model/rows';
import { fieldLabelId } from '@longtable/shared/documents/texts';
import { MAX_ROWS } from '@longtable/shared/limits';
import { useEffect, useId, useRef } from 'react';
import { useText } from '../../../lib/use-text.ts';
import { Button } from '../../../ui/button.tsx';
import { useToast } from '../../../ui/toasts.tsx';
import { WhoCanSee } from '../who-can-see.tsx';
import type { FieldViewProps } from './field-props.ts';
import { RowItem } from './row-item.tsx';
import { useRows } from './use-rows.ts';

/**
 * A table as cards on a phone and as rows on a wide screen. Rows that are disputed can be lifted out: they stand
 * apart as still open, and the rest can be agreed.
 */
export function RowsView({ doc, kind, section, field, canWrite }: FieldViewProps<RowsField>) {
  const t = useText();
  const toast = useToast();
  const id = useId();
  const rows = useRows(doc, field);
  const whole = useRef<HTMLElement>(null);
  /** The row that this person has just added or moved, and where in it to go on. */
  const next = useRef<{ row: string; focus: string } | null>(null);
  /** An offer to undo outlives the right to write, which a round may take away. */
  const isWritable = useRef(canWrite);
  useEffect(() => {
    isWritable.current = canWrite;
  }, [canWrite]);
  const label = t(fieldLabelId(kind, section.key, field.key));

  useEffect(() => {
    const { row, focus } = next.current ?? {};
    const found = row && whole.current?.querySelector(`[data-row="${row}"]`);
    if (!found || !focus) return;
    next.current = null;
    found.querySelector<HTMLElement>(focus)?.focus();
  }, [rows]);

  const move = (row: string, isLifted: boolean): void => {
    next.current = { row, focus: isLifted ? '.row-put-back' : 'textarea, select, input' };
    const [act, undo] = isLifted ? [liftRow, putBackRow] : [putBackRow, liftRow];
    act(doc, field.key, row);
    toast(t(isLifted ? 'row.lifted' : 'row.isBack'), {
      label: t('undo'),
      run: () => {
        if (isWritable.current) undo(doc, field.key, row);
      },
    });
  };
  const remove = (row: string): void => {
    removeRow(doc, field.key, row);
    toast(t('row.removed'), {
      label: t('undo'),
      run: () => {
        if (isWritable.current) restoreRow(doc, field.key, row);
      },
    });
  };
  const shared = { doc, kind, section, field, canWrite };
  const list = (some: typeof rows, labelledBy?: string) => (
    <ol className="rows" aria-labelledby={labelledBy}>
      {some.map((row, index) => (
        <RowItem key={row.id} {...shared} row={row} number={index + 1} onMove={move} onRemove={remove} />
      ))}
    </ol>
  );
  const together = rows.filter((row) => !row.isLifted);
  const lifted = rows.filter((row) => row.isLifted);

  return (
    <section className="section-field" aria-labelledby={`${id}-title`} ref={whole}>
      <h3 id={`${id}-title`}>{label}</h3>
      <WhoCanSee audience={field.audience} id={`${id}-seen`} />
      {together.length > 0 ? list(together) : <p className="soft small">{t('row.none')}</p>}
      {canWrite && rows.length < MAX_ROWS && (
        <Button
          className="row-add"
          aria-describedby={`${id}-title ${id}-seen`}
          onClick={() => {
            next.current = { row: addRow(doc, field), focus: 'textarea, select, input' };
          }}
        >
          <span aria-hidden="true">+</span> {t('row.add')}
        </Button>
      )}
      {lifted.length > 0 && (
        <div className="rows-lifted">
          <h4 id={`${id}-lifted`}>{t('row.liftedTitle')}</h4>
          <p className="soft small">{t('row.liftedAbout')}</p>
          {list(lifted, `${id}-lifted`)}
        </div>
      )}
    </section>
  );
}
