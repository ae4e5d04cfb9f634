import { textField } from '@longtable/shared/documents/model/keys';
import type { Field } from '@longtable/shared/documents/template';
import { fieldLabelId } from '@longtable/shared/documents/texts';
import { useId, useMemo } from 'react';
import { useText } from '../../../lib/use-text.ts';
import { WhoCanSee } from '../who-can-see.tsx';
import type { FieldViewProps } from './field-props.ts';
import { RowsView } from './rows-view.tsx';
import { SharedTextarea } from './shared-textarea.tsx';
import './fields.css';

export function FieldView({ field, ...rest }: FieldViewProps) {
  return field.kind === 'text' ? (
    <TextFieldView {...rest} field={field} />
  ) : (
    <RowsView {...rest} field={field} />
  );
}

function TextFieldView({
  doc,
  kind,
  section,
  field,
  canWrite,
}: FieldViewProps<Extract<Field, { kind: 'text' }>>) {
  const t = useText();
  const id = useId();
  const text = useMemo(() => textField(doc, field.key), [doc, field.key]);
  return (
    <section className="section-field">
      <h3>
        <label htmlFor={id}>{t(fieldLabelId(kind, section.key, field.key))}</label>
      </h3>
      <WhoCanSee audience={field.audience} id={`${id}-seen`} />
      <SharedTextarea text={text} id={id} describedBy={`${id}-seen`} isReadOnly={!canWrite} rows={3} />
    </section>
  );
}
