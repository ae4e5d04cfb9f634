import {
  addRow,
  removeRow,
  restoreRow,
  setCell,
  type RowsField,
} from '@longtable/shared/documents/model/rows';
import { fieldLabelId } from '@longtable/shared/documents/texts';
import { MAX_ROWS } from '@longtable/shared/limits';
import { useEffect, useId, useRef } from 'react';
import { useText } from '../../../lib/use-text.ts';
import { Button } from '../../../ui/button.tsx';
import { useToast } from '../../../ui/toasts.tsx';
import { WhoCanSee } from '../who-can-see.tsx';
import { CellView } from './cell-view.tsx';
import type { FieldViewProps } from './field-props.ts';
import { useRows } from './use-rows.ts';

/** A table as cards on a phone and as rows on a wide screen. Taking a row away hides it, so it can come back. */
export function RowsView({ doc, kind, section, field, canWrite }: FieldViewProps<RowsField>) {
  const t = useText();
  const toast = useToast();
  const id = useId();
  const rows = useRows(doc, field);
  const list = useRef<HTMLOListElement>(null);
  const added = useRef<string | null>(null);
  const label = t(fieldLabelId(kind, section.key, field.key));

  useEffect(() => {
    const row = added.current === null ? null : list.current?.querySelector(`[data-row="${added.current}"]`);
    if (!row) return;
    added.current = null;
    row.querySelector<HTMLElement>('textarea, select, input')?.focus();
  }, [rows]);

  return (
    <section className="section-field" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{label}</h3>
      <WhoCanSee audience={field.audience} id={`${id}-seen`} />
      {rows.length > 0 && (
        <ol className="rows" ref={list}>
          {rows.map((row, index) => (
            <li key={row.id} className="row" data-row={row.id}>
              <div className="row-cells">
                {field.columns.map((column) => (
                  <CellView
                    key={column.key}
                    kind={kind}
                    section={section}
                    field={field}
                    column={column}
                    value={row.cells[column.key]}
                    canWrite={canWrite}
                    onChange={(value) => setCell(doc, field.key, row.id, column.key, value)}
                  />
                ))}
              </div>
              {canWrite && (
                <Button
                  look="quiet"
                  aria-label={t('row.removeNumbered', { number: index + 1 })}
                  onClick={() => {
                    removeRow(doc, field.key, row.id);
                    toast(t('row.removed'), {
                      label: t('undo'),
                      run: () => restoreRow(doc, field.key, row.id),
                    });
                  }}
                >
                  {t('row.remove')}
                </Button>
              )}
            </li>
          ))}
        </ol>
      )}
      {rows.length === 0 && <p className="soft small">{t('row.none')}</p>}
      {canWrite && rows.length < MAX_ROWS && (
        <Button
          className="row-add"
          aria-describedby={`${id}-title ${id}-seen`}
          onClick={() => {
            added.current = addRow(doc, field);
          }}
        >
          <span aria-hidden="true">+</span> {t('row.add')}
        </Button>
      )}
    </section>
  );
}
