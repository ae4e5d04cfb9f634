import type { RowsField, Row } from '@longtable/shared/documents/model/rows';
import type { Column, DocumentKind, Section } from '@longtable/shared/documents/template';
import { columnLabelId, optionLabelId } from '@longtable/shared/documents/texts';
import { useId } from 'react';
import { useText } from '../../../lib/use-text.ts';
import { Checkbox } from '../../../ui/choice.tsx';
import { SharedTextarea } from './shared-textarea.tsx';

export interface CellViewProps {
  kind: DocumentKind;
  section: Section;
  field: RowsField;
  column: Column;
  value: Row['cells'][string] | undefined;
  canWrite: boolean;
  onChange: (value: string | string[] | null) => void;
}

export function CellView({ kind, section, field, column, value, canWrite, onChange }: CellViewProps) {
  const t = useText();
  const id = useId();
  const label = t(columnLabelId(kind, section.key, field.key, column.key));

  switch (column.kind) {
    case 'text':
      return (
        <div className="cell is-text">
          <label htmlFor={id}>{label}</label>
          {typeof value === 'object' && !Array.isArray(value) && (
            <SharedTextarea text={value} id={id} isReadOnly={!canWrite} />
          )}
        </div>
      );
    case 'choice':
      return (
        <div className="cell">
          <label htmlFor={id}>{label}</label>
          <select
            className="input"
            id={id}
            value={typeof value === 'string' ? value : ''}
            disabled={!canWrite}
            autoComplete="off"
            onChange={(event) => onChange(event.target.value || null)}
          >
            <option value="">{t('cell.none')}</option>
            {column.options.map((option) => (
              <option key={option} value={option}>
                {t(optionLabelId(option))}
              </option>
            ))}
          </select>
        </div>
      );
    case 'choices': {
      const chosen = Array.isArray(value) ? value : [];
      return (
        <fieldset className="cell is-wide">
          <legend>{label}</legend>
          <div className="cell-choices">
            {column.options.map((option) => (
              <Checkbox
                key={option}
                label={t(optionLabelId(option))}
                isChecked={chosen.includes(option)}
                isDisabled={!canWrite}
                onChange={(isChecked) => {
                  const next = column.options.filter((each) =>
                    each === option ? isChecked : chosen.includes(each),
                  );
                  onChange(next.length > 0 ? next : null);
                }}
              />
            ))}
          </div>
        </fieldset>
      );
    }
    case 'date':
      return (
        <div className="cell">
          <label htmlFor={id}>{label}</label>
          <input
            className="input"
            id={id}
            type="date"
            value={typeof value === 'string' ? value : ''}
            readOnly={!canWrite}
            autoComplete="off"
            onChange={(event) => {
              const { value: day } = event.target;
              // While a year is being typed the browser reports 0002, 0020, …: days that nobody means.
              if (day === '' || /^[1-9]\d{3}-\d{2}-\d{2}$/.test(day)) onChange(day || null);
            }}
          />
        </div>
      );
  }
}
