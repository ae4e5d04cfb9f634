import { type Row, type RowsField, setCell } from '@longtable/shared/documents/model/rows';
import { useEffect, useId, useRef, useState } from 'react';
import { useText } from '../../../lib/use-text.ts';
import { Button } from '../../../ui/button.tsx';
import { CellView } from './cell-view.tsx';
import type { FieldViewProps } from './field-props.ts';

export interface RowItemProps extends FieldViewProps<RowsField> {
  row: Row;
  /** From 1, as people count. */
  number: number;
  /** Lifts the row out of what is to be agreed, or puts it back. */
  onMove: (row: string, isLifted: boolean) => void;
  onRemove: (row: string) => void;
}

/** One row as a card. Taking it away hides it; lifting it out keeps it in view as open. */
export function RowItem({
  doc,
  kind,
  section,
  field,
  canWrite,
  row,
  number,
  onMove,
  onRemove,
}: RowItemProps) {
  const t = useText();
  const [isAsking, setAsking] = useState(false);
  const liftButton = useRef<HTMLButtonElement>(null);

  return (
    <li className="row" data-row={row.id}>
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
      {canWrite && isAsking && (
        <AskToLift
          onLift={() => onMove(row.id, true)}
          onLeave={() => {
            setAsking(false);
            liftButton.current?.focus();
          }}
        />
      )}
      {canWrite && (
        <div className="button-row">
          {row.isLifted ? (
            <Button
              className="row-put-back"
              aria-label={t('row.putBackNumbered', { number })}
              onClick={() => onMove(row.id, false)}
            >
              {t('row.putBack')}
            </Button>
          ) : (
            // What only a circle sees is never put before the others, so there is nothing to lift it out of.
            field.audience === 'partnership' && (
              <Button
                ref={liftButton}
                look="quiet"
                aria-label={t('row.liftNumbered', { number })}
                aria-expanded={isAsking}
                onClick={() => setAsking(!isAsking)}
              >
                {t('row.lift')}
              </Button>
            )
          )}
          <Button
            look="quiet"
            aria-label={t('row.removeNumbered', { number })}
            onClick={() => onRemove(row.id)}
          >
            {t('row.remove')}
          </Button>
        </div>
      )}
    </li>
  );
}

/** Asks once, in the place where the question came up, what everyone will see. */
function AskToLift({ onLift, onLeave }: { onLift: () => void; onLeave: () => void }) {
  const t = useText();
  const id = useId();
  const yes = useRef<HTMLButtonElement>(null);
  useEffect(() => yes.current?.focus(), []);
  return (
    <div className="row-ask" role="group" aria-labelledby={id}>
      <p id={id}>{t('row.liftAsk')}</p>
      <div className="button-row">
        <Button ref={yes} aria-describedby={id} onClick={onLift}>
          {t('row.liftYes')}
        </Button>
        <Button look="quiet" onClick={onLeave}>
          {t('row.liftNo')}
        </Button>
      </div>
    </div>
  );
}
