import type { CanonicalCell, CanonicalSection } from '@longtable/shared/documents/canonical';
import type { Column, DocumentKind, Field, Section } from '@longtable/shared/documents/template';
import { columnLabelId, fieldLabelId, optionLabelId } from '@longtable/shared/documents/texts';
import { Fragment } from 'react';
import type { LabelOf } from '../../lib/quote-labels.ts';
import { useDay } from '../../lib/use-day.ts';
import { useText } from '../../lib/use-text.ts';
import { BlocksView } from '../../ui/blocks-view.tsx';
import './pinned-words.css';

export interface PinnedWordsProps {
  kind: DocumentKind;
  section: Section;
  content: CanonicalSection;
  labelOf: LabelOf;
}

/** The exact words that circles answer to, large enough to be read aloud from a phone. */
export function PinnedWords({ kind, section, content, labelOf }: PinnedWordsProps) {
  const t = useText();
  if (content.blocks.length === 0 && content.fields.length === 0)
    return <p className="soft">{t('round.noWords')}</p>;
  return (
    <div className="pinned-words">
      {content.blocks.length > 0 && <BlocksView blocks={content.blocks} labelOf={labelOf} />}
      <PinnedFields kind={kind} section={section} fields={content.fields} />
    </div>
  );
}

export interface PinnedFieldsProps extends Pick<PinnedWordsProps, 'kind' | 'section'> {
  fields: CanonicalSection['fields'];
}

/** What fields of a section say, to read only. */
export function PinnedFields({ kind, section, fields }: PinnedFieldsProps) {
  const t = useText();
  return fields.map((field) => {
    const asked = section.fields.find(({ key }) => key === field.key);
    return (
      <section key={field.key} className="stack is-tight">
        <h4>{t(fieldLabelId(kind, section.key, field.key))}</h4>
        {field.kind === 'text' ? (
          <p className="pinned-text" dir="auto">
            {field.text}
          </p>
        ) : (
          asked?.kind === 'rows' && <Rows kind={kind} section={section} field={asked} rows={field.rows} />
        )}
      </section>
    );
  });
}

interface RowsProps {
  kind: DocumentKind;
  section: Section;
  field: Extract<Field, { kind: 'rows' }>;
  rows: readonly Record<string, CanonicalCell>[];
}

function Rows({ kind, section, field, rows }: RowsProps) {
  const t = useText();
  return (
    <ol className="pinned-rows">
      {rows.map((row, at) => (
        <li key={at}>
          <dl>
            {field.columns.flatMap((column) => {
              const cell = row[column.key];
              return cell === undefined ? (
                []
              ) : (
                <div key={column.key}>
                  <dt>{t(columnLabelId(kind, section.key, field.key, column.key))}</dt>
                  <dd dir="auto">
                    <Cell column={column} cell={cell} />
                  </dd>
                </div>
              );
            })}
          </dl>
        </li>
      ))}
    </ol>
  );
}

function Cell({ column, cell }: { column: Column; cell: CanonicalCell }) {
  const say = useCellText();
  return [cell].flat().map((value, at) => (
    <Fragment key={value}>
      {at > 0 && ' · '}
      {say(column, value)}
    </Fragment>
  ));
}

/** A cell holds the key of an option, a date or free words. */
export function useCellText(): (column: Column | undefined, value: string) => string {
  const t = useText();
  const day = useDay();
  return (column, value) =>
    column?.kind === 'choice' || column?.kind === 'choices'
      ? t(optionLabelId(value))
      : column?.kind === 'date'
        ? day(value)
        : value;
}
